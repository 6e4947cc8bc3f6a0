"""The ten environments, and which of them a tool belongs to."""

from __future__ import annotations

from functools import cache

from spectool.environments.core.environment import Environment
from spectool.environments.data.environment import DATA
from spectool.environments.media.environment import MEDIA
from spectool.environments.movies.environment import MOVIES
from spectool.environments.patent.environment import PATENT
from spectool.environments.social.environment import SOCIAL
from spectool.environments.spaceflight.environment import SPACEFLIGHT
from spectool.environments.sports.environment import SPORTS
from spectool.environments.tools.environment import TOOLS
from spectool.environments.travel.environment import TRAVEL
from spectool.environments.video_images.environment import VIDEO_IMAGES

ENVIRONMENTS: tuple[Environment, ...] = (PATENT, MOVIES, TRAVEL, SPORTS, TOOLS, DATA, SOCIAL, MEDIA, SPACEFLIGHT, VIDEO_IMAGES)


@cache
def environment(name: str) -> Environment:
    """The environment of that name.

    Raises:
        KeyError: there is none; the message lists them.
    """
    for each in ENVIRONMENTS:
        if each.name == name:
            return each
    raise KeyError(f"no environment '{name[:80]}'; there are {', '.join(each.name for each in ENVIRONMENTS)}")


@cache
def environment_of_tool(tool: str) -> Environment | None:
    """The environment that has a tool of that name; names are unique over all environments."""
    return next((each for each in ENVIRONMENTS if tool in each.functions), None)
