#!/bin/sh
# Installs a release of Loupe for one user.
#
#   sh install.sh ARCHIVE [SHA256]     ARCHIVE is a file or an http(s) address of loupe-VERSION-PLATFORM.tar.gz
#   curl -fsSL .../install.sh | sh -s -- https://.../loupe-VERSION-PLATFORM.tar.gz [SHA256]
#
#   PREFIX   where it goes: PREFIX/share/loupe and PREFIX/bin/loupe; otherwise ~/.local
#
# A release that is there is replaced once the new one has said its version. Exit codes: 2 for wrong words, 3 when it fails.
set -eu

say() { printf 'install: %s\n' "$*" >&2; }
fail() {
  say "$*"
  exit 3
}

[ $# -ge 1 ] && [ $# -le 2 ] || {
  say "usage: install.sh ARCHIVE [SHA256]"
  exit 2
}
archive=$1
expected=${2:-}
prefix=${PREFIX:-$HOME/.local}
share=$prefix/share
mkdir -p "$share" "$prefix/bin" || fail "$prefix cannot be written to; PREFIX names another folder"
work=$(mktemp -d "$share/loupe-install.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

case $archive in
  http://* | https://*)
    file=$work/archive.tar.gz
    say "downloading $archive"
    if command -v curl >/dev/null 2>&1; then
      curl -fsSL -o "$file" "$archive" || fail "$archive cannot be downloaded"
    elif command -v wget >/dev/null 2>&1; then
      wget -qO "$file" "$archive" || fail "$archive cannot be downloaded"
    else
      fail "there is neither curl nor wget to download with"
    fi
    ;;
  *)
    file=$archive
    [ -f "$file" ] || fail "there is no file $archive"
    ;;
esac

if [ -n "$expected" ]; then
  if command -v sha256sum >/dev/null 2>&1; then
    actual=$(sha256sum <"$file")
  else
    actual=$(shasum -a 256 <"$file") || fail "there is no program to check the SHA-256 with"
  fi
  actual=${actual%% *}
  [ "$actual" = "$expected" ] || fail "the SHA-256 of the archive is $actual, expected $expected; nothing was installed"
fi

mkdir "$work/new"
tar -xzf "$file" -C "$work/new" --strip-components=1 || fail "$archive is not a whole release; nothing was installed"
[ -x "$work/new/loupe" ] || fail "$archive holds no launcher \`loupe\`; nothing was installed"
version=$("$work/new/loupe" --version) || fail "the release does not start on this system; nothing was installed"

[ ! -e "$share/loupe" ] || mv "$share/loupe" "$work/old"
mv "$work/new" "$share/loupe" || {
  [ ! -e "$work/old" ] || mv "$work/old" "$share/loupe"
  fail "$share/loupe cannot be written; nothing was changed"
}
ln -sf "$share/loupe/loupe" "$prefix/bin/loupe"
say "$version is in $share/loupe"
case :$PATH: in
  *:"$prefix/bin":*) ;;
  *) say "add $prefix/bin to the PATH: export PATH=\"$prefix/bin:\$PATH\"" ;;
esac
