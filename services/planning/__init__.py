"""Planning: the plan counted back from the day, who does what, the day itself, the bilan."""
