"""A disk that takes no more ends the service with a clear line; nothing that was acknowledged is missing."""

from __future__ import annotations

import resource
from typing import TYPE_CHECKING

from tests.integration.service_house import HUNG

if TYPE_CHECKING:
    from tests.integration.service_house import House


async def test_a_full_disk_ends_the_service_and_loses_nothing_that_was_acknowledged(house: House) -> None:
    process = await house.start()
    size = house.database.stat().st_size
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size + 100_000, size + 100_000))
    said = [f"lúa mùa {n}/650 " + "x" * 900 for n in range(400)]
    for text in said:
        house.standin.people.say(HUNG, text)

    assert await house.ended(60) == 1
    assert process.stderr is not None
    assert "Ổ đĩa không ghi được nữa" in (await process.stderr.read()).decode()
    ((kept,),) = await house.rows("SELECT count(*) FROM inbox")
    assert 0 < house.standin.world.confirmed <= kept < len(said)

    await house.start()
    await house.standin.people.wait_until(lambda: house.standin.world.confirmed == len(said), 30)
    assert await house.rows("SELECT count(*) FROM inbox") == [(len(said),)]
