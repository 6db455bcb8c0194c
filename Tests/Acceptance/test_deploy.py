"""The files of `deploy/`: valid to the programs that read them, and to the schemas of those that are not here."""

import pathlib
import shutil
import subprocess
import sys

import pytest
import yaml
from fronts import DEPLOY, JAIL, free_port, haproxy, nginx, shipped, vcl
from service import BINARY, ROOT

TOOLS = pathlib.Path(sys.executable).parent


@pytest.fixture
def replicas(service):
    """Two, as far as a file's syntax goes."""
    return [service, service]


def check(*arguments, **options):
    """Runs a checker; what it says if it finds fault."""
    result = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    assert result.returncode == 0, result.stdout
    return result.stdout


@pytest.fixture
def manifests(tmp_path):
    """What `kubectl apply -k` would send; without kubectl, the files as they are."""
    folder = DEPLOY / "kubernetes"
    if shutil.which("kubectl"):
        text = check("kubectl", "kustomize", folder)
    else:
        resources = yaml.safe_load((folder / "kustomization.yaml").read_text())["resources"]
        text = "---\n".join((folder / name).read_text() for name in resources)
    path = tmp_path / "manifests.yaml"
    path.write_text(text)
    return path


def test_kubernetes_knows_every_field(manifests):
    check(TOOLS / "kubernetes-validate", "--strict", "--quiet", manifests)


def test_an_unknown_field_is_noticed(tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text((DEPLOY / "kubernetes" / "deployment.yaml").read_text().replace("readOnlyRootFilesystem", "readOnlyRootFileSystem"))
    with pytest.raises(AssertionError, match="readOnlyRootFileSystem"):
        check(TOOLS / "kubernetes-validate", "--strict", path)


def test_the_manifests_belong_together(manifests):
    found = {(each["kind"], each["metadata"]["name"]): each for each in yaml.safe_load_all(manifests.read_text())}
    deployment = found["Deployment", "explain-server"]["spec"]
    labels = deployment["template"]["metadata"]["labels"]
    assert labels.items() >= deployment["selector"]["matchLabels"].items()
    assert labels.items() >= found["Service", "explain-server"]["spec"]["selector"].items()
    for kind, selector in (("PodDisruptionBudget", "selector"), ("NetworkPolicy", "podSelector")):
        chosen = found[kind, "explain-server"]["spec"][selector]["matchLabels"]
        assert chosen and labels.items() >= chosen.items(), kind
    pod = deployment["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] and container["securityContext"]["readOnlyRootFilesystem"]
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert f"USER {pod['securityContext']['runAsUser']}:{pod['securityContext']['runAsGroup']}" in dockerfile
    assert f"EXPLAIN_PORT={container['ports'][0]['containerPort']}" in dockerfile


def test_the_settings_for_the_cluster_are_settings(tmp_path):
    config = tmp_path / "config"
    shutil.copytree(ROOT / "config", config)
    shutil.copy(DEPLOY / "kubernetes" / "server.yaml", config)
    check(BINARY, "check", "--config", config)


def test_compose_knows_every_field():
    check(TOOLS / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", DEPLOY / "compose.yaml")


def test_varnish_compiles_its_rules(replicas, tmp_path):
    path = tmp_path / "varnish.vcl"
    path.write_text(vcl(replicas))
    assert "vcl_recv" in check("varnishd", *JAIL, "-C", "-f", path, "-n", tmp_path / "work")


def test_nginx_takes_its_file(replicas, tmp_path):
    path = tmp_path / "nginx.conf"
    path.write_text(nginx(replicas, free_port(), free_port(), tmp_path))
    check("nginx", "-t", "-e", "stderr", "-p", tmp_path, "-c", path)


def test_haproxy_takes_its_file(replicas, tmp_path):
    path = tmp_path / "haproxy.cfg"
    path.write_text(haproxy(replicas, free_port()))
    check("haproxy", "-c", "-f", path)


def test_caddy_takes_its_file_and_writes_it_no_other_way(tmp_path):
    path = tmp_path / "Caddyfile"
    path.write_text(shipped("Caddyfile"))
    home = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    check("caddy", "validate", "--adapter", "caddyfile", "--config", path, env=home)
    assert check("caddy", "fmt", path, env=home) == path.read_text()
