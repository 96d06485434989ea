#!/usr/bin/env bash
# Shows, without an account, that the deployment on AWS is what it should be: the commands of the README's section "On
# AWS" are run in a clean copy against moto, a local server that answers like AWS, and what they leave behind is checked.
#
#   infra/terraform/test.sh             all checks
#   infra/terraform/test.sh --update    also writes prod-plan.md anew
#   infra/terraform/test.sh --tools     only says whether all that it needs is there
#
# It needs terraform, the AWS provider and moto_server. Where one is missing it says so and ends well;
# REQUIRE_TERRAFORM=1 makes that a failure. The provider is looked for in the folder that TERRAFORM_PROVIDERS names, in
# the usual places, then at its registry. On a busy machine SLOWNESS=3 waits three times as long for everything.
set -euo pipefail
cd "$(dirname "$0")/../.."
repository=$PWD
terraform_folder=$repository/infra/terraform
provider_version=$(sed -n 's/^  version *= "\(.*\)"/\1/p' "$terraform_folder/environments/prod/.terraform.lock.hcl")
mode=${1:-}
case $mode in
  "" | --update | --tools) ;;
  *) echo "usage: $0 [--update | --tools]" >&2; exit 2 ;;
esac

say() { printf '%4ss %s\n' "$SECONDS" "$*"; }

skip() {
  [ "$mode" = --tools ] && { echo "$1" >&2; exit 1; }
  echo "=====================================================================" >&2
  echo "SKIPPED: $1" >&2
  echo "The deployment on AWS was NOT checked. REQUIRE_TERRAFORM=1 makes this a failure." >&2
  echo "=====================================================================" >&2
  [ "${REQUIRE_TERRAFORM:-}" = 1 ] && exit 1
  exit 0
}

# ---- what can be said without any of them
command -v python3 >/dev/null || skip "python3 is missing"
[ "$mode" = --tools ] || python3 -B "$terraform_folder/checks/sources.py" "$terraform_folder"

command -v terraform >/dev/null || skip "terraform is missing"
command -v moto_server >/dev/null || skip "moto_server is missing (pip install 'moto[server]')"
python3 -c 'import boto3' 2>/dev/null || skip "boto3 is missing (pip install boto3)"

find_provider() {
  local place found
  for place in "${TERRAFORM_PROVIDERS:-}" "$HOME/.terraform.d/plugins" /usr/local/share/terraform/plugins \
    /usr/share/terraform/plugins /opt; do
    [ -n "$place" ] && [ -d "$place" ] || continue
    found=$(find -L "$place" -maxdepth 7 -type d -path "*/hashicorp/aws/$provider_version/*" -print -quit 2>/dev/null)
    [ -n "$found" ] && { echo "${found%/*/hashicorp/aws/*}"; return 0; }
  done
  return 1
}

work=$(mktemp -d)
moto=
tests=
clean_up() {
  [ -n "$tests" ] && kill "$tests" 2>/dev/null || true
  [ -n "$moto" ] && kill "$moto" 2>/dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT

if mirror=$(find_provider); then
  cat >"$work/terraformrc" <<RC
provider_installation {
  filesystem_mirror {
    path    = "$mirror"
    include = ["registry.terraform.io/hashicorp/*"]
  }
}
RC
elif curl --silent --fail --head --max-time 10 --output /dev/null https://registry.terraform.io/.well-known/terraform.json; then
  : >"$work/terraformrc"
else
  skip "the provider hashicorp/aws $provider_version is nowhere to be found; TERRAFORM_PROVIDERS may name its folder"
fi
[ "$mode" = --tools ] && exit 0
export TF_CLI_CONFIG_FILE=$work/terraformrc CHECKPOINT_DISABLE=1 TF_IN_AUTOMATION=1

# ---- a clean copy: what a clone would hold, and nothing that was built
clone=$work/clone
mkdir "$clone"
git ls-files -z --cached --others --exclude-standard | xargs -0 sh -c 'for f; do [ -e "$f" ] && printf "%s\0" "$f"; done' sh |
  tar --create --null --files-from=- | tar --extract --directory="$clone"
# packages that stand for the real ones, which are checked where they are built
python3 - "$clone" <<'PY'
import json, pathlib, sys, zipfile
clone = pathlib.Path(sys.argv[1])
zips = [f["zip"] for f in json.loads((clone / "infra/deployment.json").read_text())["functions"].values()]
zips += [z.replace(".zip", f"-{packaging}-x86_64.zip") for z in zips for packaging in ("native", "jvm-aot")]
for name in zips + ["infra/terraform/tests/package.zip"]:
    (clone / name).parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(clone / name, "w") as file:
        file.writestr("stands-for.txt", name)
PY
say "copied"

terraform fmt -check -recursive "$terraform_folder" || { echo "run terraform fmt -recursive infra/terraform" >&2; exit 1; }

# ---- moto
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
MOTO_IAM_LOAD_MANAGED_POLICIES=true moto_server -H 127.0.0.1 -p "$port" >"$work/moto.log" 2>&1 &
moto=$!
export AWS_ENDPOINT_URL=http://127.0.0.1:$port AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=eu-central-1 \
  AWS_DEFAULT_REGION=eu-central-1 AWS_EC2_METADATA_DISABLED=true
unset AWS_PROFILE AWS_SESSION_TOKEN AWS_CA_BUNDLE
for _ in $(seq 60); do
  curl --silent --output /dev/null --max-time 2 "$AWS_ENDPOINT_URL/moto-api/" && break
  kill -0 "$moto" 2>/dev/null || { cat "$work/moto.log" >&2; exit 1; }
  sleep 0.5
done
say "moto answers"

# what the account has before: a network, a bucket for states, and the role that moto wants to see named
network=$(python3 - <<'PY'
import boto3
ec2 = boto3.client("ec2")
vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
subnet = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"][0]["SubnetId"]
boto3.client("s3").create_bucket(Bucket="your-terraform-states", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
role = boto3.client("iam").create_role(RoleName="batch", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
print(vpc, subnet, role)
PY
)
read -r vpc subnet role <<<"$network"
# moto speaks no TLS, and never answers requests for saved queries
export TF_VAR_enforce_tls=false TF_VAR_saved_queries=false
export TF_CLI_ARGS_init="-no-color -input=false" TF_CLI_ARGS_plan="-no-color -input=false" \
  TF_CLI_ARGS_apply="-no-color -input=false -parallelism=30" TF_CLI_ARGS_destroy="-no-color -input=false -parallelism=30"

slowness=${SLOWNESS:-1}
attempt() { # SECONDS LOG COMMAND…
  local seconds=$(($1 * slowness)) log=$2
  shift 2
  timeout --kill-after=10 "$seconds" "$@" >"$work/$log.log" 2>&1 || {
    echo "failed: $*" >&2
    grep -A 12 '^Error' "$work/$log.log" >&2 || tail -n 30 "$work/$log.log" >&2
    exit 1
  }
}

# ---- every validation rule, with mocks, while the apply goes on, which is mostly waiting
run_tests() {
  (
    cd "$clone/infra/terraform/tests"
    exec >"$work/tests.log" 2>&1
    for root in ../environments/dev .; do
      timeout $((60 * slowness)) terraform -chdir="$root" init -backend=false -lockfile=readonly || exit 1
    done
    for root in ../environments/dev ../environments/prod; do
      timeout $((60 * slowness)) terraform -chdir="$root" validate -no-color || exit 1
    done
    exec timeout $((400 * slowness)) terraform test -no-color
  ) &
  tests=$!
}

# ---- the README's commands, one after the other
cd "$clone"
step=0
while IFS= read -r command; do
  step=$((step + 1))
  case $command in
    ./mvnw*) say "passed over: $command (packages that stand for the real ones are used)" ;;
    cd\ *) cd "${command#cd }" ;;
    *)
      case $command in "terraform apply"*) run_tests ;; esac
      attempt 200 "walk-$step" bash -euc "$command"
      case $command in
        cp*terraform.tfvars)
          sed -i "s/vpc-00000000/$vpc/; s/subnet-00000000/$subnet/; s|image_tag = |service_role_arn = \"$role\"\n  image_tag = |" terraform.tfvars ;;
        "terraform plan"*)
          # the plan as it is on AWS, with what moto cannot take
          TF_VAR_enforce_tls=true TF_VAR_saved_queries=true attempt 120 whole terraform plan -refresh=false -out="$work/whole"
          terraform show -json "$work/whole" >"$work/first.json" ;;
      esac
      say "done: $command" ;;
  esac
done < <(python3 -B "$terraform_folder/checks/walk.py" README.md "On AWS")
[ "$(basename "$PWD")" = prod ] || { echo "the README does not lead to environments/prod" >&2; exit 1; }
cmp -s .terraform.lock.hcl "$terraform_folder/environments/prod/.terraform.lock.hcl" || { echo "the lock file is not complete" >&2; exit 1; }

# ---- what was applied
attempt 120 second terraform plan -out=second
terraform show -json second >"$work/second.json"
python3 -B "$terraform_folder/checks/check.py" "$work/first.json" "$work/second.json" "$repository" "$mode"
say "checked"

# ---- the same with native executables, and with JVMs of their own, and a secret: planned only
export TF_VAR_architecture=x86_64
export TF_VAR_secrets='{"extraction":{"LMMREC_OPENAI_API_KEY_SECRET":"arn:aws:secretsmanager:eu-central-1:123456789012:secret:openai-AbCdEf"}}'
for packaging in native jvm-aot; do
  TF_VAR_packaging=$packaging attempt 120 "$packaging" terraform plan -out="$packaging"
  terraform show -json "$packaging" >"$work/$packaging.json"
  python3 -B "$terraform_folder/checks/packaging.py" "$work/$packaging.json" "$packaging"
  say "planned with packaging = $packaging"
done
unset TF_VAR_architecture TF_VAR_secrets

# ---- away with it: protected as it is it refuses, as docs/operations.md says
storage=module.system.module.storage
if timeout --kill-after=10 $((120 * slowness)) terraform destroy -auto-approve -target="$storage.aws_dynamodb_table.this[\"profiles\"]" \
  >"$work/refused.log" 2>&1; then
  echo "a protected table was destroyed" >&2
  exit 1
fi
grep -q "DeletionProtectionEnabled" "$work/refused.log" || { grep -A 12 '^Error' "$work/refused.log" >&2; exit 1; }
say "destroy was refused"
sed -i 's/protect            = true/protect            = false/' main.tf
attempt 120 unprotect terraform apply -auto-approve -target="$storage.aws_dynamodb_table.this" -target="$storage.aws_s3_bucket.this"
attempt 200 destroy terraform destroy -auto-approve
left=$(terraform state list)
[ -z "$left" ] || { echo "left behind: $left" >&2; exit 1; }
say "destroyed"

wait "$tests" && status=0 || status=$?
tests=
tail -n 1 "$work/tests.log"
[ "$status" = 0 ] || { grep -B 2 -A 12 'fail$\|^Error' "$work/tests.log" >&2; exit 1; }
say "all is well"
