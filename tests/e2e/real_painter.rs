//! The program with a painter's server that nobody here wrote: stable-diffusion.cpp's on this machine. Its
//! model has learnt nothing; that a run with it is whole, corrected and read back, is looked at.

use std::fs;

use pentimento_real::Diffusion;

use crate::{program::Place, refine::artifacts};

#[test]
#[ignore = "needs a real server: scripts/test-servers"]
fn a_real_painter_paints_changes_and_is_not_needed_again() {
    let server = Diffusion::start();
    let place = Place::of_user(&format!(
        "[providers.sd]\nkind = \"openai\"\nurl = \"{}/v1\"\n\
         # However busy the machine is.\ndeadline = 7200\nread-timeout = 7200\n\
         [roles]\npainter = \"sd/default\"\n",
        server.url()
    ));
    let tried = place.say(&["model", "test", "painter"]).without_panic();
    assert_eq!(tried.code, Some(0), "{tried:?}");
    // The eye finds no cup in noise, and the controller has one painted within a mask.
    let words = ["refine", "a red cup", "--rounds", "2", "--quiet", "--record", "tape"];
    let said = place.say(&words).without_panic();
    assert_eq!(said.code, Some(3), "noise is no cup: {said:?}");
    let run = place.run_folder();
    let pictures = artifacts(&run);
    // This API of the server follows no seed: the same change of the same picture is the same twice.
    assert_eq!(pictures.len(), 2, "a first picture, and it is changed: {said:?}");
    assert!(said.out.contains("c2 from c0: 1 of 1 changes made"), "{said:?}");
    drop(server);
    let replayed = place.say(&["replay", run.to_str().unwrap()]).without_panic();
    assert_eq!(replayed.code, Some(0), "{replayed:?}");
    fs::remove_dir_all(place.path().join("runs")).unwrap();
    let words = ["refine", "a red cup", "--rounds", "2", "--quiet", "--replay", "tape"];
    let played = place.say(&words).without_panic();
    assert_eq!((played.code, artifacts(&run)), (said.code, pictures), "{played:?}");
}
