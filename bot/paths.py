"""Where the files lie that come with Waymark."""

from pathlib import Path


def _data() -> Path:
    """Return `data/`: inside the package when installed from a wheel, else in the checkout."""
    package = Path(__file__).parent
    installed = package / "_data"
    return installed if installed.is_dir() else package.parent / "data"


DATA = _data()
