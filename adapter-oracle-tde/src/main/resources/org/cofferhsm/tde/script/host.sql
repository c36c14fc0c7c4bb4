
-- 0. On the host, as root, then as Oracle's user. Expect: no step fails.
--% if library-location
--      coffer tde install --layout pkcs11
--      coffer tde preflight --layout pkcs11 --as {{user}}
--% else
--      coffer tde install --layout hsm
--      coffer tde preflight --layout hsm --as {{user}}
--% end
