"""The house rules that no tool checks."""

import re
import subprocess
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _tracked() -> list[Path]:
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_no_other_distribution_brings_a_package_of_our_name() -> None:
    """Plain top-level names are ours only as long as nobody else installs them."""
    providers = packages_distributions()
    for name in PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]:
        assert set(providers.get(name, ["mattra"])) == {"mattra"}, name


def test_every_packaged_folder_is_a_package() -> None:
    for name in PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]:
        assert (ROOT / name / "__init__.py").exists(), name


def test_every_dependency_is_pinned_and_explained() -> None:
    explained = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower()
    groups = [PROJECT["project"]["dependencies"], PROJECT["dependency-groups"]["dev"]]
    for requirement in (r for group in groups for r in group):
        match = re.match(r"[\w-]+", requirement)
        assert match
        name = match[0].lower()
        assert f"{name}==" in pins, name
        if not name.startswith("types-"):
            assert name in explained, name
    assert "torch==2.13.0" in pins


def test_links_between_documents_lead_somewhere() -> None:
    for path in (p for p in _tracked() if p.suffix == ".md"):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_modules_stay_small() -> None:
    for path in (p for p in _tracked() if p.suffix == ".py"):
        lines = path.read_text(encoding="utf-8").count("\n")
        assert lines <= 400, f"{path.relative_to(ROOT)} has {lines} lines"
