# Read by scripts that install what is prebuilt for Linux on x86-64 alone, with Python's `venv`. They have a
# function `fail` that says why it cannot be.
[ "$(uname -sm)" = "Linux x86_64" ] || fail "there is none for $(uname -sm)"
if ! command -v python3 >/dev/null || ! python3 -c 'import ensurepip' 2>/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq python3 python3-venv
  else
    fail "python3 with venv is missing"
  fi
fi
