"""What is made to hurt is refused with sentences, for little processor time and a quarter of a gigabyte."""

import pytest

from tests.hostile.confined import confined

MODULES = ["tests.hostile.packs", "tests.hostile.files_of_figures"]


@pytest.mark.parametrize("module", MODULES)
def test_everything_hostile_is_refused_cheaply(module):
    assert confined(module) == []
