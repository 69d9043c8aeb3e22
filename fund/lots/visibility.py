"""Who sees draws: that there is one, its hashes and its steps, everybody. The list is opened by the room that draws."""

from fund.core.visibility import opens


@opens("lots.Draw", "everybody", anyone=True)
def everybody(user):
    return True
