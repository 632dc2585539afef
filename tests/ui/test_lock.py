"""One server a workspace."""

import pytest

from amp.errors import ConfigError
from amp.ui import lock


def test_a_second_server_on_the_same_workspace_is_refused_with_a_sentence(tmp_path):
    first = lock.hold(tmp_path)
    with pytest.raises(ConfigError, match="already serves the workspace"):
        lock.hold(tmp_path)
    first.release()
    lock.hold(tmp_path).release()
