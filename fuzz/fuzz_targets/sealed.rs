#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| interclear_fuzz::sealed(octets));
