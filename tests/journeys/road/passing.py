"""Somebody who joins with nothing but a name, works with the others, and is then forgotten."""

from tests.journeys.road.walker import DECISION, PLANNING, Walker, by_title

NAME = "முருகன் 李小龍 Ǹkọ́ O’Neill-Łukasz"
TASK = "Prévenir les voisins"


class Passing(Walker):
    """A person without e-mail nor phone, with a name in any script, erased in the middle."""

    def somebody_joins(self) -> None:
        said = {"name": NAME, "role": "member", "scope": f"committee:{self.committee}"}
        made = self.cast.officer.tell("POST", "/directory/api/v1/people", said)["id"]
        self.cast.ids["guest"] = made
        shown = self.cast.officer.ask(f"/directory/api/v1/people/{made}")
        assert (shown["name"], shown["email"] or "", shown["phone"] or "") == (NAME, "", "")

    def somebody_votes(self) -> None:
        """Told on the pages only, where there is no address to write to."""
        told = "votez jusqu’au"
        self.sees(lambda: told in self.cast.guest.page("/directory/messages"), "it is told")
        self.cast.guest.tell(
            "POST", f"{DECISION}/votes/{self.known['vote']}/ballot", {"blank": True}
        )

    def somebody_works(self) -> None:
        task = by_title(self.cast.guest.ask(self._here())["tasks"], TASK)["id"]
        self.cast.guest.tell("POST", f"{PLANNING}/tasks/{task}/taking", {})
        self.known["task"] = f"/planning/taches/{task}"
        assert NAME in self.cast.member.page(self.known["task"])

    def _here(self) -> str:
        return f"{PLANNING}/plans/{self.action}"

    def somebody_is_erased(self) -> None:
        """What was done stays; who did it leads to nobody, on no page, and opens nothing."""
        place = f"/directory/api/v1/people/{self.cast.ids['guest']}"
        self.cast.officer.tell("DELETE", place, {}, unless=404)

        def forgotten() -> bool:
            return NAME not in self.cast.member.page(self.known["task"])

        self.sees(forgotten, "the name is gone")
        assert by_title(self.plan()["tasks"], TASK)["holder"] == str(self.cast.ids["guest"])
        again = f"/directory/personas/{self.cast.ids['guest']}"
        self.cast.nobody.fill(again, {}, unless=409)
