--% if library-location
--    Which processes have which library. Expect: {{library}} and no other path.
SELECT * FROM V$PKCS11_PATH;
--% else
--    Which library the process GEN0 has, in a shell. Expect: one line, libcoffer-pkcs11.so.
--      pmap $(pgrep -f ora_gen0_<ORACLE_SID>) | grep -E 'extapi|libcoffer'
--% end
