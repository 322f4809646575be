"""The code of a KPI that was retired, for another."""

from tests.errors.county import a_county, retire

SAYS = "CF1 was retired on 4 April 2022: its code keeps its history and is not given to another."
FIX = "Choose another code; 'goldenthread indicator list' shows those that are taken."


def provoke():
    county = a_county()
    retire(county)
    county.indicator("CF1", "climate", frequency="quarter")
