"""The demo, made once for all tests of this folder."""

import pytest

from viewer.demo.make import make_demo


@pytest.fixture(scope="package")
def demo(tmp_path_factory):
    return make_demo(tmp_path_factory.mktemp("demo"))
