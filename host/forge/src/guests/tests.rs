use super::*;

#[test]
fn the_hosts_flags_do_not_reach_the_guests() {
    for name in
        ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "RUSTC_WORKSPACE_WRAPPER", "CARGO_TARGET_DIR"]
    {
        assert!(is_for_the_host(OsStr::new(name)), "{name}");
    }
    for name in
        ["PATH", "HOME", "CARGO_HOME", "CARGO_MAKEFLAGS", "RUSTUP_HOME", "CARGO_NET_OFFLINE"]
    {
        assert!(!is_for_the_host(OsStr::new(name)), "{name}");
    }
}

#[test]
fn guests_are_built_beside_the_hosts_profiles() {
    let out_dir = Path::new("/t/target/debug/build/app-0123/out");
    assert_eq!(shared_target_dir(out_dir), Path::new("/t/target/guests"));
}
