"""What all tests share."""

import pytest
from hypothesis import settings

# No timed assertion in the suite: a loaded machine is no fault.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--accept` rewrites what is generated or recorded, instead of comparing."""
    parser.addoption("--accept", action="store_true", help="rewrite goldens and generated documentation; read the diff")


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """What is rewritten is rewritten by one process: a page holds blocks of several tests."""
    if config.getoption("--accept"):
        config.option.numprocesses = 0


@pytest.fixture(scope="session")
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether goldens are rewritten."""
    return bool(request.config.getoption("--accept"))
