"""The drawing of the body: left halves, to be mirrored, so that both sides are alike; the last column is the axis."""

OUTLINE = r"""
         .---
        /
        |
         \
         |'--
      _.-'
   .-'
  /
  |   .
  |   |
 /    |
 |   /\
 |  |  |
/  /   |
|  |  /
|  | /
|_|  |
/  \ |      .
|  | |     |
 \_/ |     |
     \     |
      |    |
      (    |
      |    |
      |    |
      |    |
       \   |
       |  |
      /   |
     (____|
"""
# Rows of the outline that differ when the body is seen from behind: no chin, but a spine.
BACK_ROWS = {
    4: r"         '|",
    6: r"   .-'      :",
    7: r"  /         :",
    8: r"  |   .     :",
    9: r"  |   |     :",
    10: r" /    |     :",
    11: r" |   /\     :",
    12: r" |  |  |    :",
    13: r"/  /   |    :",
}

# A letter stands for a place (there are more places than plain letters); the capital is where its number begins.
FRONT = """

         yYyf
         ffFf
          jJj


      sss
   sSsscccccc
   aaa cccccc
   aAa ccCccc
  aaaa řřřccc
  Ééé  řŘřřbb
  rr    ddbbb
 rr     DdbbB
 Rr    dddbbb
 Ŵŵ   pppgGgg
      pPpgþÞþ
 hh   tttiii
 Hh   tttii
      tTtiI
      tttii
       ķĶķķ
       ķķķķ
       nnnn
       nNnn
       nnnn
        nnn


      oOoo
"""
BACK = """

         zzzz
         zzZz
          zzz
           kk
          kKk
      sssuuuu
   sSssuuuumm
   eee uuuumm
   eEe uUuumm
  eeee uuuuMm
  Ééé  uuuumm
  rr    lllmm
 rr     lLlmm
 Rr    llllll
 Ŵŵ   qqqqqqq
      qqQqqqq
 hh   vvvvvv
 Hh   vvvvv
      vvVvv
      vvvvv
       ķĶķķ
       ķķķķ
       wwww
       wWww
       wwww
        www
        Åå
       xXx
      xxxx
"""
PLACES = {
    "f": "face",
    "j": "jaw",
    "s": "shoulder",
    "c": "chest",
    "b": "belly",
    "d": "side",
    "a": "upper_arm_front",
    "r": "forearm",
    "h": "hand",
    "p": "hip",
    "g": "groin",
    "t": "thigh_front",
    "i": "inner_thigh",
    "n": "shin",
    "o": "toes",
    "k": "neck",
    "u": "upper_back",
    "m": "spine",
    "l": "lower_back",
    "e": "upper_arm_back",
    "q": "buttock",
    "v": "thigh_back",
    "w": "calf",
    "x": "foot_arch",
    "y": "eyelid",
    "z": "head",
    "ř": "ribs",
    "é": "elbow",
    "ŵ": "wrist",
    "þ": "pelvic_floor",
    "ķ": "knee",
    "å": "achilles",
}
# These have a number below the figures, not a spot on them.
BESIDE = ("several_places", "somewhere_else")
