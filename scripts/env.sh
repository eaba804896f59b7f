# shellcheck shell=bash
# The build environment; every script sources this file.
#
# CARGO_TARGET_DIR           where cargo builds, outside the checkout, so that a second clone reuses it.
# WASM_BUILD_WORKSPACE_HINT  where the WASM build finds Cargo.lock; without it, it picks versions of its own.
# WASM_BUILD_TOOLCHAIN       set only where the host's toolchain has no WASM target and `scripts/setup` made
#                            the toolchain `interclear-wasm` from the distribution's packages.
# TOOLS                      where tools go that are not the system's, like cargo-deny, whose program is CARGO_DENY.

export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/interclear/target}"
WASM_BUILD_WORKSPACE_HINT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
export WASM_BUILD_WORKSPACE_HINT
TOOLS="${XDG_CACHE_HOME:-$HOME/.cache}/interclear/tools"
# shellcheck disable=SC2034
CARGO_DENY="$TOOLS/python/bin/cargo-deny"

WASM_TARGET=wasm32v1-none
LINKED_TOOLCHAIN=interclear-wasm

# Whether the compiler named by the arguments has the target's libraries.
has_wasm_target() {
	local sysroot
	sysroot="$("$@" --print sysroot 2>/dev/null)" || return 1
	compgen -G "$sysroot/lib/rustlib/$WASM_TARGET/lib/libcore-*.rlib" >/dev/null
}

if [ -z "${WASM_BUILD_TOOLCHAIN:-}" ] && ! has_wasm_target rustc &&
	has_wasm_target rustup run "$LINKED_TOOLCHAIN" rustc; then
	export WASM_BUILD_TOOLCHAIN="$LINKED_TOOLCHAIN"
fi

# Runs tests, quicker where cargo-nextest is installed. Takes the options that both know, such as --workspace and -p.
cargo_tests() {
	if cargo nextest --version >/dev/null 2>&1; then
		cargo nextest run --release --locked "$@"
	else
		cargo test --release --locked --lib --bins --tests "$@"
	fi
}

# The path that whoever has called a script means by another one: scripts go to the root of the checkout (`cd`) before they ask.
callers_path() { (cd "$OLDPWD" && realpath -m -- "$1"); }

# Ends the script unless a program of ours is there.
needs_program() {
	[ -x "$1" ] || {
		echo "there is no program $1: build it with cargo build --release --locked -p interclear-node -p interclear-cli" >&2
		exit 66
	}
}

# What a measurement was made on, and what else was going on there.
machine() {
	date -u
	uptime
	nproc
	grep -m1 'model name' /proc/cpuinfo || true
	free -g
}
