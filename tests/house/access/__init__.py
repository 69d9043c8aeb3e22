"""Every address × every role, decided: <room>.csv says what a GET answers, <room>.py makes the things it is asked about.

A row: `url,anonymous,stranger,applicant,…` with the URL's name and, for each role, a status (200, 404, 405, 302 …) or
`sign-in` (turned to the sign-in page) or `factor` (turned to the second factor). A room's module has

    def world(world: World) -> None:
        call = make_call(by=world.cast.officer)
        world.kwargs["calls"] = {"slug": call.slug}                  # for every URL of the room …
        world.kwargs["calls:edit"] = {"uid": call.uid}               # … but this one has its own
        world.things["call"] = call                                  # for the rooms above

Rooms are built in the order of the layers, from below, each once per test. `python -m tests.house.access` writes docs/access.md.
"""
