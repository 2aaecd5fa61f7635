"""examples/many_machines.py: the same answers from a cluster as from one batch."""

import subprocess
import sys
import warnings

import pytest

from tests.program import ROOT, environment, run

pytest.importorskip("dask")
pytest.importorskip("distributed")

EXAMPLE = ROOT / "examples" / "many_machines.py"
CASES = {
    "calf.jsonl": b'{"id": 1, "onset": "sudden", "location": "calf"}\n\n{"onset": "sudden", "location": "shin"}\n',
    "back.jsonl": b'\xef\xbb\xbf{"id": "a", "onset": "sustained", "location": "upper back"}\r\n{"id": "b"',
    "empty.jsonl": b"",
}


@pytest.fixture(scope="module")
def address():
    """Return the address of a cluster of two processes of one thread each."""
    from distributed import LocalCluster

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Dask's own, about the dashboard and its port
        with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster:
            yield cluster.scheduler_address


@pytest.mark.parametrize("on", ["a cluster", "this machine"])
def test_a_folder_is_answered_as_a_batch_answers_each_file(on, request, tmp_path):
    (tmp_path / "cases").mkdir()
    for name, data in CASES.items():
        (tmp_path / "cases" / name).write_bytes(data)
    command = [sys.executable, str(EXAMPLE), str(tmp_path / "cases"), str(tmp_path / "advice")]
    if on == "a cluster":
        command.append(request.getfixturevalue("address"))
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2, done.stderr
    assert done.stderr.splitlines()[-1] == "1 lines could not be answered; each says why in its place"
    for name in CASES:
        assert (tmp_path / "advice" / name).read_text() == run("batch", str(tmp_path / "cases" / name)).out


def test_a_folder_without_cases_is_refused(tmp_path):
    command = [sys.executable, str(EXAMPLE), str(tmp_path), str(tmp_path / "advice")]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2
    assert "no *.jsonl" in done.stderr
