"""What a person meets: pages, their parts and pictures, and the HTTP plumbing under them."""
