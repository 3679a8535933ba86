;; A critic written by hand, with holes for misdeeds:
;;   {libc}    its memory and its realloc        {start}  in front of the exported function
;;   {imports} in front of its imports
;;   {assess}  the exported function's body      {lift}   options of the export
;;   {before}, {after}  parts of the component at its two ends
;;
;; Memory: the answer at 1024, one finding at 2048, texts at 4096, results of host calls at 512,
;; what the host hands over from 32768.
(component
  {before}
  (import "pentimento:plugin/types@0.1.0" (instance $types
    (type $region-type (record
      (field "x" f32) (field "y" f32) (field "width" f32) (field "height" f32)))
    (export "region" (type $region (eq $region-type)))
    (type $text-span-type (record (field "start" u32) (field "end" u32)))
    (export "text-span" (type $text-span (eq $text-span-type)))
    (type $place-type (variant
      (case "region" $region) (case "text-span" $text-span) (case "step" u32)))
    (export "place" (type $place (eq $place-type)))
    (type $severity-type (enum "note" "minor" "major" "blocking"))
    (export "severity" (type $severity (eq $severity-type)))
    (type $evidence-type (record
      (field "kind" string) (field "text" string) (field "value" (option f64))))
    (export "evidence" (type $evidence (eq $evidence-type)))
    (type $suggestion-type (record
      (field "action" string) (field "text" string) (field "place" (option $place))))
    (export "suggestion" (type $suggestion (eq $suggestion-type)))
    (type $finding-type (record
      (field "code" string) (field "severity" $severity) (field "message" string)
      (field "place" (option $place)) (field "evidence" (list $evidence))
      (field "suggestion" (option $suggestion))))
    (export "finding" (type $finding (eq $finding-type)))
    (type $critique-type (record
      (field "score" (option f32)) (field "confidence" f32) (field "abstain" (option string))
      (field "findings" (list $finding))))
    (export "critique" (type (eq $critique-type)))
    (type $brief-type (record (field "idea" string)))
    (export "brief" (type (eq $brief-type)))
    (type $failure-type (record (field "code" string) (field "message" string)))
    (export "failure" (type (eq $failure-type)))))
  (alias export $types "critique" (type $critique))
  (alias export $types "brief" (type $brief))
  (alias export $types "failure" (type $failure))
  (import "pentimento:plugin/artifacts@0.1.0" (instance $artifacts
    (export "artifact" (type $artifact (sub resource)))
    (export "image" (type $image (sub resource)))
    (export "[method]artifact.media-type" (func
      (param "self" (borrow $artifact)) (result string)))
    (export "[method]artifact.size" (func (param "self" (borrow $artifact)) (result u64)))
    (export "[method]artifact.image" (func
      (param "self" (borrow $artifact)) (result (result (own $image) (error $failure)))))
    (export "[method]image.tile" (func
      (param "self" (borrow $image)) (param "x" u32) (param "y" u32) (param "width" u32)
      (param "height" u32) (result (result (list u8) (error $failure)))))
    (export "[method]image.resize" (func
      (param "self" (borrow $image)) (param "width" u32) (param "height" u32)
      (result (result (own $image) (error $failure)))))))
  (alias export $artifacts "artifact" (type $artifact))
  (alias export $artifacts "image" (type $image))
  (import "pentimento:plugin/log@0.1.0" (instance $log
    (type $level-type (enum "debug" "info" "warn" "error"))
    (export "level" (type $level (eq $level-type)))
    (export "write" (func (param "level" $level) (param "line" string)))))
  (import "pentimento:plugin/random@0.1.0" (instance $random
    (export "next" (func (result (result u64 (error $failure)))))))
  (import "pentimento:plugin/clock@0.1.0" (instance $clock
    (export "now" (func (result (result u64 (error $failure)))))))

  (core module $libc {libc})
  (core instance $libc (instantiate $libc))
  (alias core export $libc "memory" (core memory $memory))
  (alias core export $libc "realloc" (core func $realloc))
  (core func $media-type (canon lower (func $artifacts "[method]artifact.media-type")
    (memory $memory) (realloc $realloc)))
  (core func $size (canon lower (func $artifacts "[method]artifact.size")))
  (core func $picture (canon lower (func $artifacts "[method]artifact.image")
    (memory $memory) (realloc $realloc)))
  (core func $tile (canon lower (func $artifacts "[method]image.tile")
    (memory $memory) (realloc $realloc)))
  (core func $resize (canon lower (func $artifacts "[method]image.resize")
    (memory $memory) (realloc $realloc)))
  (core func $write (canon lower (func $log "write") (memory $memory)))
  (core func $next (canon lower (func $random "next") (memory $memory) (realloc $realloc)))
  (core func $now (canon lower (func $clock "now") (memory $memory) (realloc $realloc)))
  (core func $drop-artifact (canon resource.drop $artifact))
  (core func $drop-image (canon resource.drop $image))
  (type $own (resource (rep i32)))
  (core func $new (canon resource.new $own))
  (core func $drop (canon resource.drop $own))

  (core module $main
    {imports}
    (import "libc" "memory" (memory $memory 1))
    (import "host" "media-type" (func $media-type (param i32 i32)))
    (import "host" "size" (func $size (param i32) (result i64)))
    (import "host" "picture" (func $picture (param i32 i32)))
    (import "host" "tile" (func $tile (param i32 i32 i32 i32 i32 i32)))
    (import "host" "resize" (func $resize (param i32 i32 i32 i32)))
    (import "host" "write" (func $write (param i32 i32 i32)))
    (import "host" "next" (func $next (param i32)))
    (import "host" "now" (func $now (param i32)))
    (import "host" "drop-artifact" (func $drop-artifact (param i32)))
    (import "host" "drop-image" (func $drop-image (param i32)))
    (import "host" "new" (func $new (param i32) (result i32)))
    (import "host" "drop" (func $drop (param i32)))
    (data (i32.const 4096) "a.code")
    ;; Gives the candidate back and answers with confidence 1 and no findings.
    (func $honest (param $candidate i32) (result i32)
      (call $drop-artifact (local.get $candidate))
      (f32.store (i32.const 1036) (f32.const 1))
      (i32.const 1024))
    ;; The same with one finding that has the code and message `a.code`.
    (func $find (param $candidate i32) (result i32)
      (i32.store (i32.const 1052) (i32.const 2048))
      (i32.store (i32.const 1056) (i32.const 1))
      (i32.store (i32.const 2048) (i32.const 4096))
      (i32.store (i32.const 2052) (i32.const 6))
      (i32.store (i32.const 2060) (i32.const 4096))
      (i32.store (i32.const 2064) (i32.const 6))
      (call $honest (local.get $candidate)))
    ;; The same with this number as the finding's step.
    (func $report (param $candidate i32) (param $number i32) (result i32)
      (i32.store8 (i32.const 2068) (i32.const 1))
      (i32.store8 (i32.const 2072) (i32.const 2))
      (i32.store (i32.const 2076) (local.get $number))
      (call $find (local.get $candidate)))
    {start}
    (func $assess (export "assess")
      (param $idea i32) (param $length i32) (param $candidate i32) (result i32)
      {assess}))
  (core instance $main (instantiate $main
    (with "libc" (instance $libc))
    (with "host" (instance
      (export "media-type" (func $media-type)) (export "size" (func $size))
      (export "picture" (func $picture)) (export "tile" (func $tile))
      (export "resize" (func $resize)) (export "write" (func $write))
      (export "next" (func $next)) (export "now" (func $now))
      (export "drop-artifact" (func $drop-artifact)) (export "drop-image" (func $drop-image))
      (export "new" (func $new)) (export "drop" (func $drop))))))
  (func $assess
    (param "brief" $brief) (param "candidate" (borrow $artifact))
    (result (result $critique (error $failure)))
    (canon lift (core func $main "assess") (memory $memory) (realloc $realloc) {lift}))
  (instance $critiquing (export "assess" (func $assess)))
  (export "pentimento:plugin/critiquing@0.1.0" (instance $critiquing))
  {after})
