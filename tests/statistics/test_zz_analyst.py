from tests.statistics.test_themes import *  # noqa
for k in [k for k in globals() if k.startswith("test_")]: del globals()[k]
def test_x(mixed):
    t=page("groups/asean/"); i=t.find("Vietnam"); print("XX", t[i-200:i+300])
