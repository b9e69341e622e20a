# shellcheck shell=sh
# A bundle (./yunge bundle) on a machine without any network: verified as a whole before anything of it is used, then
# laid out in .local/bundle, from where system packages, wheels and pages are installed. Sourced by ./yunge.

BUNDLE_FORMAT=1

refuse_bundle() { # zh en
    rm -rf "$ROOT/.local/bundle.partial"
    say "✗ 安装包 $BUNDLE_FILE：$1 什么也没有安装或改动。" "✗ Bundle $BUNDLE_FILE: $2 Nothing was installed or changed."
    exit 1
}

fact() { # name: what the bundle says of itself
    sed -n "s/^$1=//p" "$ROOT/.local/bundle.partial/BUNDLE" | head -n 1
}

check_machine() {
    [ "$(fact format)" = "$BUNDLE_FORMAT" ] || refuse_bundle \
        "格式是 $(fact format)，这里能用的是 $BUNDLE_FORMAT；请用同一版本的 ./yunge bundle 再做一个。" \
        "its format is $(fact format), this release takes $BUNDLE_FORMAT; make one by the same release's ./yunge bundle."
    arch=$(dpkg --print-architecture 2>/dev/null || uname -m)
    [ "$(fact arch)" = "$arch" ] || refuse_bundle \
        "为 $(fact arch) 处理器而做，这台机器是 $arch；请在同样处理器的机器上再做一个。" \
        "it was made for $(fact arch), this machine is $arch; make one on a machine of this kind."
    release=$(. /etc/os-release && echo "${ID:-}-${VERSION_ID:-}")
    [ "$(fact os)" = "$release" ] || refuse_bundle \
        "为 $(fact os) 而做，这台机器是 $release；请在同样系统的机器上再做一个，或装好系统软件后用自己的数据库（docs/production.md）。" \
        "it was made for $(fact os), this machine is $release; make one on a machine of this release, or use servers of your own (docs/production.md)."
}

check_sums() {
    bad=$(cd "$ROOT/.local/bundle.partial" && LC_ALL=C sha256sum --check --strict --quiet SHA256SUMS 2>/dev/null) || refuse_bundle \
        "内容与校验和不符（$(echo "${bad:-SHA256SUMS}" | head -n 1)）：文件损坏或被改动，请重新拷贝并核对 .sha256。" \
        "it is damaged or was altered ($(echo "${bad:-SHA256SUMS}" | head -n 1)); copy it again and compare its .sha256."
}

# The list of sums holds everything else, so whoever signed it signed everything. openssl is what a system has before
# anything of ours is there: the package ca-certificates brings it.
check_signature() {
    folder=$ROOT/.local/bundle.partial
    [ -n "$SIGNED_BY" ] || return 0
    [ -f "$SIGNED_BY" ] && [ -r "$SIGNED_BY" ] || refuse_bundle \
        "公钥 $SIGNED_BY 没有或不能读，无法核对签名。" "the public key $SIGNED_BY is not there or cannot be read, so its signature cannot be verified."
    command -v openssl >/dev/null || refuse_bundle \
        "这台机器没有 openssl，无法核对签名；请从系统介质安装 openssl。" \
        "this machine has no openssl, so its signature cannot be verified; install openssl from your system's media."
    openssl pkey -pubin -in "$SIGNED_BY" -noout -text 2>/dev/null | grep -qi '^ED25519 Public-Key' || refuse_bundle \
        "$SIGNED_BY 不是 PEM 格式的 Ed25519 公钥，无法核对签名。" "$SIGNED_BY holds no public key of Ed25519 in PEM, so its signature cannot be verified."
    [ -f "$folder/SIGNATURE" ] && [ ! -L "$folder/SIGNATURE" ] || refuse_bundle \
        "没有签名，而 --signed-by 要求有；请向做安装包的人要签过名的，或核对来路。" \
        "it is not signed, and --signed-by asks for a signature; ask whoever made it for a signed one."
    openssl pkeyutl -verify -pubin -inkey "$SIGNED_BY" -rawin -in "$folder/SHA256SUMS" -sigfile "$folder/SIGNATURE" >/dev/null 2>&1 || refuse_bundle \
        "签名与 $SIGNED_BY 不符：不是这把钥匙的主人签的，或签名以后被改动（或 openssl 早于 3.0：$(openssl version)）。" \
        "its signature is not by $SIGNED_BY: another signed it, or it was altered afterwards (or openssl is older than 3.0: $(openssl version))."
}

# What no sum was written of would be installed unseen: a package more in debs/ is enough.
check_listed() {
    other=$(cd "$ROOT/.local/bundle.partial" && {
        find . ! -type d ! -type f -print | sed 's,^\./,,'
        { find . -type f ! -path ./SHA256SUMS ! -path ./SIGNATURE -print | sed 's,^\./,,'; sed 's/^[0-9a-f]*  //' SHA256SUMS; } | LC_ALL=C sort | uniq -u
    } | head -n 1)
    [ -z "$other" ] || refuse_bundle \
        "里面有清单之外的内容（$other）：文件被改动，请重新拷贝并核对 .sha256。" \
        "it holds what its list does not name ($other): it was altered; copy it again and compare its .sha256."
}

# This very tree, file by file: wheels, pages and migrations of another release would not fit.
check_sources() {
    other=$(cd "$ROOT" && sed -n 's/^\([0-9a-f]*  \)source\//\1/p' .local/bundle.partial/SHA256SUMS |
        LC_ALL=C sha256sum --check --strict --quiet 2>/dev/null) || refuse_bundle \
        "它是另一个版本（$(fact version)，$(fact commit)），与这个目录不同（$(echo "${other:-?}" | head -n 1)）。升级请按 docs/production.md：把安装包解到新目录。" \
        "it is another release ($(fact version), $(fact commit)) than this tree ($(echo "${other:-?}" | head -n 1)). For an upgrade unpack it into a new folder (docs/production.md)."
}

lay_out() {
    mkdir -p "$ROOT/.local/bundle.partial"
    tar -xf "$BUNDLE_FILE" --no-same-owner -C "$ROOT/.local/bundle.partial" BUNDLE SHA256SUMS 2>/dev/null || refuse_bundle \
        "不是 ./yunge bundle 做的文件，或者不完整。" "it is no file of ./yunge bundle, or not whole."
    [ -z "$SIGNED_BY" ] || tar -xf "$BUNDLE_FILE" --no-same-owner -C "$ROOT/.local/bundle.partial" SIGNATURE 2>/dev/null || :
    check_signature
    check_machine
    tar -xf "$BUNDLE_FILE" --no-same-owner -C "$ROOT/.local/bundle.partial" 2>/dev/null || refuse_bundle \
        "文件不完整（$(wc -c <"$BUNDLE_FILE") 字节），或磁盘已满：请重新拷贝并核对 .sha256。" \
        "it is not whole ($(wc -c <"$BUNDLE_FILE") bytes), or the disk is full; copy it again and compare its .sha256."
}

take_bundle() { # file, and the public key of whoever has to have signed it, or nothing: BUNDLE is where it lies, laid out and verified
    BUNDLE_FILE=$1 SIGNED_BY=$2
    [ -f "$BUNDLE_FILE" ] && [ -r "$BUNDLE_FILE" ] || refuse_bundle "没有这个文件，或不能读。" "there is no such file, or it cannot be read."
    say "› 核对安装包 $BUNDLE_FILE" "› verifying bundle $BUNDLE_FILE"
    rm -rf "$ROOT/.local/bundle.partial"
    lay_out
    check_signature
    check_sums
    check_listed
    check_sources
    rm -rf "$ROOT/.local/bundle"
    mv "$ROOT/.local/bundle.partial" "$ROOT/.local/bundle"
    BUNDLE=$ROOT/.local/bundle
    # apt reads the folder as a repository of its own, and no other: it takes what is missing and leaves what is newer.
    echo "deb [trusted=yes] file:$BUNDLE/debs ./" >"$BUNDLE/apt.list"
    say "✓ 安装包完好（$(sed -n 's/^version=//p' "$BUNDLE/BUNDLE")）" "✓ the bundle is whole ($(sed -n 's/^version=//p' "$BUNDLE/BUNDLE"))"
    if [ -n "$SIGNED_BY" ]; then
        say "✓ 签名无误（$SIGNED_BY）" "✓ it is signed by $SIGNED_BY"
    else
        say "  只核对了校验和，没有核对签名（--signed-by 公钥）" "  only its sums were verified, no signature (--signed-by PUBLIC)"
    fi
}

apt_options_of_bundle() { # a line of options with which apt knows nothing but the bundle
    mkdir -p "$ROOT/.local/bundle/lists/partial"
    echo "-o Dir::Etc::SourceList=$BUNDLE/apt.list -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists=$BUNDLE/lists -o APT::Sandbox::User=root"
}
