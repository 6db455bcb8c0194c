// Written by scripts/make-character-tables from the Unicode Character Database 18.0.0 and the
// confusables of Unicode Technical Standard #39. Do not edit: change the script.

/// What characters beyond ASCII count as: `=` and a code point, then what it and those after it count as, one word each.
///
/// `∅` is invisible, `␣` a space, `◦` itself, each with how many of them if more than one; `A>Z` goes on as the code points do.
let foldingTable = #"""
    =80 ∅5 ␣ ∅26 ␣ =AA a " ◦ ∅2 =B2 ∅2 ' u ◦2 , ∅ ° " 1/4 1/2 3/4 ◦ A A A A A A AE C E E E E I I I I D N O O O O O ◦ O U U U U Y TH ss a a
    a a a a ae c e e e e i i i i d n o o o o o ◦ o u u u u y th y A a A a A a C c C c C c C c D d D d E e E e E e E e E e G g G g G g G g
    H h H h I i I i I i I i I i IJ ij J j K k k L l L l L l L· l· L l N n N n N n 'n ◦2 O o O o O o OE oe R r R r R r S s S s S s S s T t
    T t T t U u U u U u U u U u U u W w Y y Y Z z Z z Z z s b ◦ B b B =189 D ◦2 d g =191 F f =196 I I ◦ k l ◦2 N n O O o =1A5 p R =1AD t T
    U u =1B4 y Z z =1BD s ◦ th l ll ◦2 DZ Dz dz LJ Lj lj NJ Nj nj A a I i O o U u U u U u U u U u ◦ A a A a AE ae G g G g K k O o O o ◦2 j
    DZ Dz dz G g ◦2 N n A a AE ae O o A a A a E e E e I i I i O o O o R r R r U u U u S s T t ◦2 H h =224 Z z A a E e O o O o O o O o Y y
    =23C c ◦ T =244 U ◦ E e J j =24D r Y y ◦ a ◦ b ◦2 d d =260 g g g y ◦2 h ◦ i i i l ◦ l ◦ w ◦ m n n n o oe =27C r r ◦2 r r s =28B u =28F
    y z =299 b ◦2 h ◦2 l q ◦2 dz ◦2 ts =2AA ls lz =2B0 h h j r ◦2 r w y ' ◦ ' ' ' ' ' ◦2 < > ^ =2C8 ' ◦ ' ' =2D7 - ◦2 ° ◦ ~ =2E0 y l s x
    =2F4 ' =2F8 : =300 ∅112 =374 ' ◦2 n ◦2 i =37E ; J =384 ' ◦ A · E H I ◦ O ◦ Y ◦ i A B ◦2 E Z H O I K ◦ M N ◦ O ◦ P ◦2 T Y ◦ X ◦2 I Y a
    ◦ n i u a b y =3B7 n o i k ◦ u v ◦ o ◦ p ◦ o t u =3CA i u o u ◦2 b o Y Y Y =3DC F =3F0 k p c j O =3F9 C M =400 E E =405 S I I J =40C K
    ◦ Y ◦ A B B ◦2 E =41A K ◦ M H O ◦ P C T Y ◦ X =42C B =430 a ◦ b r ◦ e ◦2 n n k ◦ m h o ◦ p c t y ◦ x =44F r e e ◦ r ◦ s i i j ◦2 h k n
    y ◦2 w B b =472 O o V v V v =47D w =483 ∅7 ◦ n B b =493 r =49A K k ◦2 K k ◦2 H h =4AA C c T t Y y Y y X =4BB h ◦ e ◦ e I =4C7 H h H h
    ◦2 M ◦ i A a A a ◦2 E e =4E3 n ◦ n O o O o O o ◦2 Y y Y y Y y =501 d =50C G g =51B q W w =54D U ◦ S =555 O =55A ' ◦2 ' =561 w ◦ q ◦2 q
    =570 h =578 n =57C n u =581 g ◦2 f o =589 : =591 ∅45 ◦ ∅ ◦ ∅2 : ∅2 ◦ ∅3 =5D5 l ◦2 v =5DF l ◦ o =5F3 ' " =600 ∅6 =60D , ◦2 ∅11 ◦ ∅ =622
    l l ◦ l ◦ l =647 o =64B ∅21 0>9 % . , * ◦2 ∅ ◦2 l =6BE o ◦ o o o =6D4 . o ∅8 ◦ ∅6 ◦2 ∅2 ◦ ∅4 ◦2 0>9 =6FF o ◦ . . : : =70F ∅ ◦ ∅ =730
    ∅27 =7A6 ∅11 =7C0 0>9 l =7EB ∅9 =7FD ∅ =816 ∅4 ◦ ∅9 ◦ ∅3 ◦ ∅5 =859 ∅3 =890 ∅2 =897 ∅9 =8CA ∅57 =93A ∅ ◦ ∅ =941 ∅8 =94D ∅ =951 ∅7 =962
    ∅2 ◦2 0>9 =981 ∅ =9BC ∅ =9C1 ∅4 =9CD ∅ =9E2 ∅2 ◦2 0>9 =9FE ∅ ◦2 ∅2 =A3C ∅ =A41 ∅2 =A47 ∅2 ◦2 ∅3 =A51 ∅ =A66 0>9 ∅2 =A75 ∅ =A81 ∅2 =ABC
    ∅ =AC1 ∅5 ◦ ∅2 =ACD ∅ =AE2 ∅2 ◦2 0>9 =AFA ∅6 ◦ ∅ =B20 O =B3C ∅ ◦2 ∅ ◦ ∅4 =B4D ∅ =B53 ∅4 =B62 ∅2 ◦2 0>9 =B82 ∅ =BC0 ∅ =BCD ∅ =BE6 0>9
    =C00 ∅ =C04 ∅ =C3C ∅ ◦ ∅3 =C46 ∅3 ◦ ∅4 =C55 ∅2 =C62 ∅2 ◦2 0>9 =C81 ∅ =CBC ∅ ◦2 ∅ =CC6 ∅ =CCC ∅2 =CE2 ∅2 ◦2 0>9 =D00 ∅2 =D20 o =D3B ∅2
    =D41 ∅4 =D4D ∅ =D62 ∅2 ◦2 0>9 =D81 ∅ =DCA ∅ =DD2 ∅3 ◦ ∅ =DE6 0>9 =E31 ∅ ◦2 ∅7 =E47 ∅8 ◦ 0>9 =EB1 ∅ ◦2 ∅9 =EC8 ∅7 ◦ 0>9 =F18 ∅2 =F20
    0>9 =F35 ∅ ◦ ∅ ◦ ∅ =F71 ∅14 ◦ ∅5 ◦ ∅2 =F8D ∅11 ◦ ∅36 =FC6 ∅ =101D o =102D ∅4 ◦ ∅6 ◦ ∅2 ◦2 ∅2 ◦ 0>9 =1058 ∅2 =105E ∅3 =1071 ∅4 =1082 ∅
    ◦2 ∅2 =108D ∅ ◦2 0>9 =109D ∅ =10E7 y =10FF o =115F ∅2 =1200 U =12D0 O =135D ∅3 =13A0 D R T ◦2 I =13A9 Y A J E =13B3 W =13B7 M =13BB H
    ◦ Y O ◦ G ◦ H Z =13CC U ◦2 B ◦2 R ◦ W S =13D9 V S =13DE L C ◦2 P =13E6 K D =13EB O =13F2 H G B =13FB g b =1400 = =142F V =144C U =146D
    P ◦ d ◦2 b b =148D J =14AA L =1541 x =157C H x =1587 R =15AF b =15B4 F =15C5 A =15DE D =15EA D =15F0 M =15F7 B =1646 z =1680 ␣ =16B7 X
    =16C1 l =16D5 K M =16EC : + =1712 ∅3 =1732 ∅2 ◦ / =1752 ∅2 =1772 ∅2 =17B4 ∅2 ◦ ∅7 =17C6 ∅ ◦2 ∅11 =17DD ∅ ◦2 0>9 =1803 : =1809 : ◦ ∅5
    0>9 =1885 ∅2 =18A9 ∅ =18D6 P =18F3 l r =1920 ∅3 =1927 ∅2 =1932 ∅ =1939 ∅3 =1946 0>9 =19D0 0>9 =1A17 ∅2 ◦2 ∅ =1A56 ∅ ◦ ∅7 ◦ ∅ ◦ ∅ ◦2 ∅8
    =1A73 ∅10 ◦2 ∅ 0>9 =1A90 0>9 =1AB0 ∅65 =1B00 ∅4 =1B34 ∅ ◦ ∅5 ◦ ∅ =1B42 ∅ =1B50 0>9 =1B6B ∅9 =1B80 ∅2 =1BA2 ∅4 ◦2 ∅2 ◦ ∅3 ◦2 0>9 =1BE6
    ∅ ◦ ∅2 =1BED ∅ ◦ ∅3 =1C2C ∅8 ◦2 ∅2 =1C40 0>9 =1C50 0>9 =1CD0 ∅3 ◦ ∅13 ◦ ∅7 =1CED ∅ =1CF4 ∅ =1CF8 ∅2 =1D00 a ◦2 b>d ◦ e ◦2 j k ◦ m>o o
    o =1D18 p r r t u =1D20 v w z =1D26 r ◦2 p ◦2 A AE B ◦ D E ◦ G>N ◦ O ◦ P R T U W a ◦ a ◦ b d e =1D4D g ◦ k m ◦ o =1D56 p t u ◦ w v ◦ b
    y =1D62 i r u v b y p ◦2 ue ◦2 f m n ◦ r ◦ s t z ◦ h ◦2 i i p u =1D83 g =1D8C y =1D9C c ◦ d ◦ f ◦ g ◦ i i i i ◦ l ◦ l m ◦ n n n o ◦ s
    =1DB8 u u ◦ z z ◦2 o ∅64 A a B b B b B b C c D d D d D d D d D d E e E e E e E e E e F f G g H h H h H h H h H h I i I i K k K k K k L
    l L l L l L l M m M m M m N n N n N n N n O o O o O o O o P p P p R r R r R r R r S s S s S s S s S s T t T t T t T t U u U u U u U u
    U u V v V v W w W w W w W w W w X x X x Y y Z z Z z Z z h t w y a' s ◦ f SS ◦ A a A a A a A a A a A a A a A a A a A a A a A a E e E e
    E e E e E e E e E e E e I i I i O o O o O o O o O o O o O o O o O o O o O o O o U u U u U u U u U u U u U u Y y Y y Y y Y y =1EFF y a
    a a a a a a a A A A A A A A A =1F18 E E E E E E ◦2 n n n n n n n n H H H H H H H H i i i i i i i i I I I I I I I I o o o o o o ◦2 O O
    O O O O ◦2 u u u u u u u u ◦ Y ◦ Y ◦ Y ◦ Y =1F70 a a ◦2 n n i i o o u u =1F80 a a a a a a a a A A A A A A A A n n n n n n n n H H H H
    H H H H =1FB0 a a a a a ◦ a a A A A A A ' i ' ~ ◦ n n n ◦ n n E E H H H =1FD0 i i i i ◦2 i i I I I I =1FE0 u u u u p p u u Y Y Y Y P
    ◦2 ` =1FF8 O O =1FFD ' ' ◦ ␣11 ∅5 - - – =2018 ' ' ' ' " " " " =2024 . .. ... ◦ ␣2 ∅5 ␣ ◦2 ' " ''' ' " ''' ◦ ' ' ◦ !! =2041 / ◦ - / ◦2
    ?? ?! !? =204E * =2053 ~ =2057 '''' ◦2 : =205F ␣ ∅17 i ◦2 ∅11 n 0>9 + - = ( ) ◦ a e o x ◦ h k>n p s t w y z =20A8 Rs =20D0 ∅33 =2100
    a/c a/s C °C ◦ c/o c/u ◦2 °F g H H H h h I I L l ◦ N No ◦2 P>R R R ◦2 ∅ TEL ∅ ◦ Z =2128 Z ◦ K A>C ◦ e E F ◦ M o =2139 i ◦ FAX ◦ y
    =2145 D d e i j =2150 1/7 1/9 1/10 1/3 2/3 1/5 2/5 3/5 4/5 1/6 5/6 1/8 3/8 5/8 7/8 1/ I II III IV V VI VII VIII IX X XI XII L C D M i
    ii iii iv v vi vii viii ix x xi xii l c d m =2189 0/3 =219A ← → =2212 - ◦ + / \ * =2236 : ◦ - =223C ~ =2241 ~ ◦ ≈ ≈ ≈ ◦ ≈ ◦ ≈ =2250 =
    = =2257 = ◦ = = =225E = ◦ = =2266 ≤ ≥ =226E < > ≤ ≥ =2307 _ =2368 ~ =23DC ( ) { } ( ) =2460 1>9 10 11 12 13 14 15 16 17 18 19 20 (1)
    (2) (3) (4) (5) (6) (7) (8) (9) (10) (11) (12) (13) (14) (15) (16) (17) (18) (19) (20) 1. 2. 3. 4. 5. 6. 7. 8. 9. 10. 11. 12. 13. 14.
    15. 16. 17. 18. 19. 20. (a) (b) (c) (d) (e) (f) (g) (h) (i) (j) (k) (l) (m) (n) (o) (p) (q) (r) (s) (t) (u) (v) (w) (x) (y) (z) A>Z
    a>z 0 11 12 13 14 15 16 17 18 19 20 1>9 10 0 =2571 / ◦ × =2715 × × =275B ' ' " " ' =2768 ( ) =276E ' ' ◦2 ( ) { } 1>9 10 1>9 10 1>9 10
    ◦ + - =27CB / ◦ \ =2800 ␣ =29F5 \ / ◦ / \ =2A09 × =2A22 + + + + + ◦2 - - =2A2F × =2A6A ~ =2A6E = =2A74 ::= == === =2A7D ≤ ≥ =2C67 H ◦
    K =2C7B e j V =2C85 r =2C8E H =2C92 I ◦ K k ◦2 M ◦ N =2C9E O o ◦2 P p C c T ◦ Y =2CAC X =2CD0 L l =2CEF ∅3 =2D31 O =2D38 V E =2D41 O
    =2D4F l =2D54 O Q =2D5D X =2D7F ∅ =2DE0 ∅32 =2E1A - =2E1E ~ ~ =2E40 = ◦ " =3000 ␣ =3014 ( ) =301C ~ " " " =302A ∅4 =3099 ∅2 =3164 ∅
    =3248 10 20 30 40 50 60 70 80 PTE 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 =3280 1>9 10 =32B1 36 37 38 39 40 41 42 43 44 45 46 47
    48 49 50 =32CC Hg erg eV LTD =3371 hPa da AU bar oV pc dm dm2 dm3 IU =3380 pA nA uA mA kA KB MB GB cal kcal pF nF uF ug mg kg Hz kHz
    MHz GHz THz ul ml dl kl fm nm um mm cm km mm2 cm2 m2 km2 mm3 cm3 m3 km3 m/s m/s2 Pa kPa MPa GPa rad rad/s rad/s2 ps ns us ms pV nV uV
    mV kV MV pW nW uW mW kW MW ◦2 a.m. Bq cc cd C/kg Co. dB Gy ha HP in KK KM kt lm ln log lx mb mil mol PH p.m. PPM PR sr Sv Wb V/m A/m
    =33FF gal =A4D0 B P d D T ◦ G K ◦ J C ◦ Z F ◦ M N L S R ◦2 V H ◦2 W>Y ◦ A ◦ E ◦ l O U =A4FF = =A60E . =A620 0>9 =A647 i =A66F ∅4 ◦ ∅10
    =A695 h =A69E ∅2 =A6DF V =A6F0 ∅2 =A730 f s AA aa AO ao AU au AV av AV av AY ay ◦2 K =A74A O o ◦2 OO oo =A761 w =A777 tf =A789 : ◦ ' '
    =A798 F f =A79F u =A7AF q ◦2 J X B ss =A7F1 S C F Q =A7F8 H oe m =A802 ∅ =A806 ∅ =A80B ∅ =A825 ∅2 =A82C ∅ =A8C4 ∅2 =A8D0 0>9 =A8E0 ∅18
    =A8FF ∅ 0>9 =A926 ∅8 =A947 ∅11 =A980 ∅3 =A9B3 ∅ ◦2 ∅4 ◦2 ∅2 =A9D0 0>9 =A9E5 ∅ =A9F0 0>9 =AA29 ∅6 ◦2 ∅2 ◦2 ∅2 =AA43 ∅ =AA4C ∅ =AA50 0>9
    =AA7C ∅ =AAB0 ∅ ◦ ∅3 ◦2 ∅2 =AABE ∅2 ◦ ∅ =AAEC ∅2 =AAF6 ∅ =AB32 e ◦2 f =AB3D o o =AB47 r r =AB4E u ◦2 m u =AB5A y =AB5E l u =AB63 uo
    =AB70 d r t ◦ o i =AB7A a j e =AB81 r ◦ w =AB8B h ◦2 o ◦ g ◦2 z =AB9C u =ABA2 r =ABA9 v s =ABAE l c ◦2 p =ABB6 k =ABBB o =ABE5 ∅ ◦2 ∅
    =ABED ∅ ◦2 0>9 =FB00 ff fi fl ffi ffl st st =FB1E ∅ =FB29 + =FB35 l ◦2 v =FB41 o =FB4B l =FBA4 o o o o o o o o o o =FCD9 o =FD3C l l (
    ) =FE00 ∅16 , ◦2 : ; ! ? ◦2 ... =FE20 ∅16 .. — – _ _ ( ) { } ( ) =FE3F ^ =FE47 [ ] =FE4D _ _ _ , ◦ . ◦ ; : ? ! — ( ) { } ( ) # & * + -
    < > = ◦ \ $ % @ =FE81 l l l l ◦2 l l =FE8D l l =FEE9 o o o o =FEFF ∅ ◦ !>~ =FF9E ∅3 =FFE0 ¢ £ =FFE5 ¥ =FFE9 ← ◦ → =FFF0 ∅12 =101FD ∅
    =10282 B =10286 E F ◦2 l =10290 X ◦ O ◦2 P S T =102A0 A>C ◦2 F =102AB O =102B0 M T Y ◦ X =102CF H =102E0 ∅ =10301 B C =10309 l =10311
    M =10315 T ◦ X =10376 ∅5 =10404 O =10415 C =1041B L =10420 S =1042C o =1043D c =10443 l =10448 s =1044D n =104A0 0>9 =104B4 R =104C2 O
    =104CE U =104EA o =104F6 u =10513 N ◦2 O ◦ K =1051C C V =10525 F L X =10783 ae b b ◦ dz =1078B d d =10792 g g ◦ h h ◦2 ls lz =107A2 o
    oe ◦ q ◦2 r ◦ r ◦ ts =107B2 y =107B6 l ll =10A01 ∅3 ◦ ∅2 =10A0C ∅4 =10A38 ∅3 =10A3F ∅ =10A50 . =10AE5 ∅2 =10D24 ∅4 =10D30 0>9 =10D40
    0>9 =10D69 ∅5 =10EAB ∅2 =10ECB ∅5 =10EF0 ∅16 =10F46 ∅11 =10F82 ∅4 =11001 ∅ =11038 ∅15 =11066 0>9 ∅ ◦2 ∅2 =1107F ∅3 =110B3 ∅4 ◦2 ∅2 ◦2
    ∅ =110C2 ∅ =110CD ∅ =110F0 0>9 =11100 ∅3 =11127 ∅5 ◦ ∅8 ◦ 0>9 =11173 ∅ =11180 ∅2 =111B6 ∅9 =111C9 ∅4 ◦2 ∅ 0>9 =1122F ∅3 ◦2 ∅ ◦ ∅2
    =1123E ∅ ◦2 ∅ =112DF ∅ =112E3 ∅8 =112F0 0>9 =11300 ∅2 =1133B ∅2 =11340 ∅ =11366 ∅7 =11370 ∅5 =113BB ∅6 =113CE ∅ ◦ ∅ ◦ ∅ =113E1 ∅2
    =11438 ∅8 ◦2 ∅3 ◦ ∅ =11450 0>9 =1145E ∅ =114B3 ∅6 ◦ ∅ =114BF ∅2 ◦ ∅2 ◦ w =114D0 0>9 =115B2 ∅4 =115BC ∅2 ◦ ∅2 =115DC ∅2 =11633 ∅8 ◦2 ∅
    ◦ ∅2 =11650 0>9 =116AB ∅ ◦ ∅ ◦2 ∅6 ◦ ∅ =116C0 0>9 =116D0 0>9 0>9 =11700 m =11706 v =1170A w =1170E w w =1171D ∅ ◦ ∅ ◦2 ∅4 ◦ ∅5 =11730
    0>9 =1182F ∅9 ◦ ∅2 =118A0 V ◦ F L Y ◦ E ◦2 Z =118AE E =118B2 L ◦2 O ◦2 U =118BC T =118C0 v s f i z =118C8 o =118D7 o u =118DC y =118E0
    0>9 =1193B ∅2 ◦ ∅ =11943 ∅ =11950 0>9 =119D4 ∅4 ◦2 ∅2 =119E0 ∅ =11A01 ∅10 =11A33 ∅6 ◦2 ∅4 =11A47 ∅ =11A51 ∅6 ◦2 ∅3 =11A8A ∅13 ◦ ∅2
    =11B60 ∅ ◦ ∅3 ◦ ∅ =11BF0 0>9 =11C30 ∅7 ◦ ∅6 ◦ ∅ =11C50 0>9 =11C92 ∅22 ◦2 ∅7 ◦ ∅2 ◦ ∅2 =11D31 ∅6 =11D3A ∅ ◦ ∅2 ◦ ∅7 ◦ ∅ =11D50 0>9
    =11D90 ∅2 =11D95 ∅ ◦ ∅ =11DA0 0>9 =11DE0 0>9 =11DF0 ∅ =11EF3 ∅2 =11F00 ∅2 =11F36 ∅5 =11F40 ∅ ◦ ∅ =11F50 0>9 ∅ =13430 ∅17 =13447 ∅15
    =1611E ∅12 =1612D ∅3 0>9 =16A60 0>9 =16AC0 0>9 =16AF0 ∅5 =16B30 ∅7 =16B50 0>9 =16D70 0>9 =16F08 V ◦ T =16F16 L =16F28 l =16F35 R
    =16F3A S =16F40 A ◦ U Y =16F4F ∅ =16F8F ∅4 =16FE4 ∅ =1BC9D ∅2 ◦ ∅4 =1CCD6 A>Z 0>9 =1CF00 ∅46 ◦2 ∅23 =1D114 { =1D127 ∅2 =1D167 ∅3
    =1D173 ∅16 ◦2 ∅7 =1D1AA ∅4 =1D20F \ =1D236 < > ◦2 / \ =1D242 ∅3 =1D25B ∅2 =1D400 A>Z a>z A>Z a>g ◦ i>z A>Z a>z A ◦ C D ◦2 G ◦2 J K ◦2
    N>Q ◦ S>Z a>d ◦ f ◦ h>n ◦ p>z A>Z a>z A B ◦ D>G ◦2 J>Q ◦ S>Y ◦ a>z A B ◦ D>G ◦ I>M ◦ O =1D54A S>Y ◦ a>z A>Z a>z A>Z a>z A>Z a>z A>Z
    a>z A>Z a>z A>Z a>z i ◦ ss ◦ A B ◦2 E Z H O I K ◦ M N ◦ O ◦ P O ◦ T Y ◦ X =1D6C2 a b y =1D6C8 n o i k ◦ u v ◦ o ◦ p ◦ o t u =1D6DD o k
    ◦ p ◦ A B ◦2 E Z H O I K ◦ M N ◦ O ◦ P O ◦ T Y ◦ X =1D6FC a b y =1D702 n o i k ◦ u v ◦ o ◦ p ◦ o t u =1D717 o k ◦ p ◦ A B ◦2 E Z H O I
    K ◦ M N ◦ O ◦ P O ◦ T Y ◦ X =1D736 a b y =1D73C n o i k ◦ u v ◦ o ◦ p ◦ o t u =1D751 o k ◦ p ◦ A B ◦2 E Z H O I K ◦ M N ◦ O ◦ P O ◦ T
    Y ◦ X =1D770 a b y =1D776 n o i k ◦ u v ◦ o ◦ p ◦ o t u =1D78B o k ◦ p ◦ A B ◦2 E Z H O I K ◦ M N ◦ O ◦ P O ◦ T Y ◦ X =1D7AA a b y
    =1D7B0 n o i k ◦ u v ◦ o ◦ p ◦ o t u =1D7C5 o k ◦ p ◦ F =1D7CE 0>9 0>9 0>9 0>9 0>9 =1DA00 ∅55 =1DA3B ∅50 =1DA75 ∅ =1DA84 ∅ =1DA9B ∅5 ◦
    ∅15 =1DF02 g =1DF10 k =1DF43 e =1DF95 ss =1DFCD ∅3 y p b d g l l ∅2 j ◦ ∅ n r ◦2 ∅ =1DFE4 ∅ =1DFE8 d a e =1DFFB k p q t ◦ ∅7 ◦ ∅17 ◦2
    ∅7 ◦ ∅2 ◦ ∅5 =1E030 a ◦ b r ◦ e ◦2 n k ◦ m o ◦ p c t y ◦ x =1E04C i j o y i a ◦ b r ◦ e ◦2 n k ◦ o ◦ c y ◦ x =1E068 i s ◦ c ◦ y =1E08F
    ∅ =1E130 ∅7 =1E140 0>9 =1E2AE ∅ =1E2EC ∅4 0>9 =1E4EC ∅4 0>9 =1E5EE ∅2 ◦ 0>9 =1E6E3 ∅ ◦2 ∅ =1E6EE ∅2 =1E6F5 ∅ =1E8D0 ∅7 =1E944 ∅7
    =1E950 0>9 =1EE00 l =1EE24 o =1EE64 o =1EE80 l =1EE84 o =1F100 0. 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0 0 ◦2 $ (A) (B) (C) (D) (E) (F) (G)
    (H) (I) (J) (K) (L) (M) (N) (O) (P) (Q) (R) (S) (T) (U) (V) (W) (X) (Y) (Z) (S) C R CD WZ ◦ A>Z HV MV SD SS PPV WC A>Z MC MD MR =1F170
    A>Z =1F190 DJ =1F1E6 A>Z =1F676 " " " =1FBF0 0>9 =E0000 ∅4096
    """#
