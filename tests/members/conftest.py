from tests.desk.conftest import frida, signed_in  # noqa: F401 (fixtures)
from tests.filings.conftest import alice, bob, charlie  # noqa: F401 (fixtures)
from tests.world import world  # noqa: F401 (a fixture)
