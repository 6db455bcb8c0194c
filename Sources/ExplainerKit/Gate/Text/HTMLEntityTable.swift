// Written by scripts/make-character-tables from the named character references of the HTML standard. Do not edit: change the script.

/// Names of characters with their code points: those of HTML 4, and every other one that counts as a plain character, a space or
/// nothing. Behind `!` the semicolon may be missing.
let htmlEntityTable = #"""
    AElig!=C6 AMP!=26 Aacute!=C1 Abreve=102 Acirc!=C2 Acy=410 Afr=1D504 Agrave!=C0 Alpha=391 Amacr=100 Aogon=104 Aopf=1D538
    ApplyFunction=2061 Aring!=C5 Ascr=1D49C Atilde!=C3 Auml!=C4 Backslash=2216 Bcy=411 Bernoullis=212C Beta=392 Bfr=1D505 Bopf=1D539
    Bscr=212C Cacute=106 CapitalDifferentialD=2145 Cayleys=212D Ccaron=10C Ccedil!=C7 Ccirc=108 Cdot=10A Cedilla=B8 CenterDot=B7 Cfr=212D
    Chi=3A7 CloseCurlyDoubleQuote=201D CloseCurlyQuote=2019 Colone=2A74 Copf=2102 Cross=2A2F Cscr=1D49E DD=2145 DScy=405 Dagger=2021
    Dcaron=10E Delta=394 Dfr=1D507 DiacriticalAcute=B4 DiacriticalGrave=60 DiacriticalTilde=2DC DifferentialD=2146 Dopf=1D53B DotDot=20DC
    DotEqual=2250 DownBreve=311 Dscr=1D49F Dstrok=110 ETH!=D0 Eacute!=C9 Ecaron=11A Ecirc!=CA Edot=116 Efr=1D508 Egrave!=C8 Emacr=112
    Eogon=118 Eopf=1D53C Epsilon=395 Equal=2A75 Escr=2130 Eta=397 Euml!=CB ExponentialE=2147 Ffr=1D509 Fopf=1D53D Fouriertrf=2131
    Fscr=2131 GT!=3E Gamma=393 Gammad=3DC Gbreve=11E Gcedil=122 Gcirc=11C Gdot=120 Gfr=1D50A Gopf=1D53E GreaterEqual=2265
    GreaterFullEqual=2267 GreaterSlantEqual=2A7E Gscr=1D4A2 Hat=5E Hcirc=124 Hfr=210C HilbertSpace=210B Hopf=210D Hscr=210B Hstrok=126
    IEcy=415 IJlig=132 IOcy=401 Iacute!=CD Icirc!=CE Idot=130 Ifr=2111 Igrave!=CC Im=2111 Imacr=12A ImaginaryI=2148 InvisibleComma=2063
    InvisibleTimes=2062 Iogon=12E Iopf=1D540 Iota=399 Iscr=2110 Itilde=128 Iukcy=406 Iuml!=CF Jcirc=134 Jfr=1D50D Jopf=1D541 Jscr=1D4A5
    Jsercy=408 KHcy=425 KJcy=40C Kappa=39A Kcedil=136 Kcy=41A Kfr=1D50E Kopf=1D542 Kscr=1D4A6 LT!=3C Lacute=139 Lambda=39B Laplacetrf=2112
    Lcaron=13D Lcedil=13B LeftArrow=2190 LessFullEqual=2266 LessSlantEqual=2A7D Lfr=1D50F Lmidot=13F Lopf=1D543 Lscr=2112 Lstrok=141
    Mcy=41C MediumSpace=205F Mellintrf=2133 Mfr=1D510 Mopf=1D544 Mscr=2133 Mu=39C Nacute=143 Ncaron=147 Ncedil=145 Ncy=41D
    NegativeMediumSpace=200B NegativeThickSpace=200B NegativeThinSpace=200B NegativeVeryThinSpace=200B NewLine=A Nfr=1D511 NoBreak=2060
    NonBreakingSpace=A0 Nopf=2115 NotEqual=2260 NotGreater=226F NotGreaterEqual=2271 NotLess=226E NotLessEqual=2270 NotTilde=2241
    NotTildeEqual=2244 NotTildeFullEqual=2247 NotTildeTilde=2249 Nscr=1D4A9 Ntilde!=D1 Nu=39D OElig=152 Oacute!=D3 Ocirc!=D4 Ocy=41E
    Odblac=150 Ofr=1D512 Ograve!=D2 Omacr=14C Omega=3A9 Omicron=39F Oopf=1D546 OpenCurlyDoubleQuote=201C OpenCurlyQuote=2018 Oscr=1D4AA
    Oslash!=D8 Otilde!=D5 Ouml!=D6 OverBrace=23DE OverParenthesis=23DC Pfr=1D513 Phi=3A6 Pi=3A0 PlusMinus=B1 Poincareplane=210C Popf=2119
    Prime=2033 Pscr=1D4AB Psi=3A8 QUOT!=22 Qfr=1D514 Qopf=211A Qscr=1D4AC REG!=AE Racute=154 Rcaron=158 Rcedil=156 Rcy=420 Re=211C
    Rfr=211C Rho=3A1 RightArrow=2192 Ropf=211D Rscr=211B SOFTcy=42C Sacute=15A Scaron=160 Scedil=15E Scirc=15C Scy=421 Sfr=1D516
    ShortLeftArrow=2190 ShortRightArrow=2192 Sigma=3A3 Sopf=1D54A Sscr=1D4AE THORN!=DE TRADE=2122 Tab=9 Tau=3A4 Tcaron=164 Tcedil=162
    Tcy=422 Tfr=1D517 Theta=398 ThinSpace=2009 Tilde=223C TildeEqual=2243 TildeFullEqual=2245 TildeTilde=2248 Topf=1D54B TripleDot=20DB
    Tscr=1D4AF Tstrok=166 Uacute!=DA Ubrcy=40E Ubreve=16C Ucirc!=DB Ucy=423 Udblac=170 Ufr=1D518 Ugrave!=D9 Umacr=16A UnderBar=5F
    UnderBrace=23DF UnderParenthesis=23DD Uogon=172 Uopf=1D54C Upsi=3D2 Upsilon=3A5 Uring=16E Uscr=1D4B0 Utilde=168 Uuml!=DC Vcy=412
    VerticalLine=7C VeryThinSpace=200A Vfr=1D519 Vopf=1D54D Vscr=1D4B1 Wcirc=174 Wfr=1D51A Wopf=1D54E Wscr=1D4B2 Xfr=1D51B Xi=39E
    Xopf=1D54F Xscr=1D4B3 YIcy=407 Yacute!=DD Ycirc=176 Yfr=1D51C Yopf=1D550 Yscr=1D4B4 Yuml=178 Zacute=179 Zcaron=17D Zdot=17B
    ZeroWidthSpace=200B Zeta=396 Zfr=2128 Zopf=2124 Zscr=1D4B5 aacute!=E1 abreve=103 acirc!=E2 acute!=B4 acy=430 aelig!=E6 af=2061
    afr=1D51E agrave!=E0 alefsym=2135 alpha=3B1 amacr=101 amp!=26 and=2227 ang=2220 angst=C5 aogon=105 aopf=1D552 ap=2248 apos=27
    approx=2248 aring!=E5 ascr=1D4B6 ast=2A asymp=2248 atilde!=E3 auml!=E4 backprime=2035 bdquo=201E bernou=212C beta=3B2 bfr=1D51F
    bopf=1D553 bprime=2035 brvbar!=A6 bscr=1D4B7 bsol=5C bull=2022 bullet=2022 cacute=107 cap=2229 caret=2041 ccaron=10D ccedil!=E7
    ccirc=109 cdot=10B cedil!=B8 cent!=A2 centerdot=B7 cfr=1D520 chi=3C7 circ=2C6 circeq=2257 circledR=AE circledS=24C8 cire=2257
    clubs=2663 colon=3A comma=2C commat=40 complexes=2102 cong=2245 copf=1D554 copy!=A9 crarr=21B5 cscr=1D4B8 cup=222A curren!=A4
    dArr=21D3 dagger=2020 darr=2193 dash=2010 dcaron=10F dd=2146 deg!=B0 delta=3B4 dfr=1D521 diams=2666 div=F7 divide!=F7 dollar=24
    dopf=1D555 doteq=2250 doteqdot=2251 dotminus=2238 dotplus=2214 dscr=1D4B9 dscy=455 dsol=29F6 dstrok=111 eDot=2251 eacute!=E9
    easter=2A6E ecaron=11B ecirc!=EA edot=117 ee=2147 efr=1D522 egrave!=E8 ell=2113 emacr=113 empty=2205 emsp13=2004 emsp14=2005 emsp=2003
    ensp=2002 eogon=119 eopf=1D556 epsilon=3B5 equals=3D equiv=2261 escr=212F esdot=2250 eta=3B7 eth!=F0 euml!=EB euro=20AC excl=21
    exist=2203 expectation=2130 exponentiale=2147 ffilig=FB03 fflig=FB00 ffllig=FB04 ffr=1D523 filig=FB01 fllig=FB02 fnof=192 fopf=1D557
    forall=2200 frac12!=BD frac13=2153 frac14!=BC frac15=2155 frac16=2159 frac18=215B frac23=2154 frac25=2156 frac34!=BE frac35=2157
    frac38=215C frac45=2158 frac56=215A frac58=215D frac78=215E frasl=2044 fscr=1D4BB gE=2267 gacute=1F5 gamma=3B3 gbreve=11F gcirc=11D
    gcy=433 gdot=121 ge=2265 geq=2265 geqq=2267 geqslant=2A7E ges=2A7E gfr=1D524 gjcy=453 gopf=1D558 grave=60 gscr=210A gt!=3E hArr=21D4
    hairsp=200A half=BD hamilt=210B harr=2194 hbar=210F hcirc=125 hearts=2665 hellip=2026 hfr=1D525 hopf=1D559 horbar=2015 hscr=1D4BD
    hslash=210F hstrok=127 hybull=2043 hyphen=2010 iacute!=ED ic=2063 icirc!=EE icy=438 iecy=435 iexcl!=A1 ifr=1D526 igrave!=EC ii=2148
    ijlig=133 imacr=12B image=2111 imagline=2110 imagpart=2111 imath=131 imped=1B5 incare=2105 infin=221E inodot=131 int=222B
    integers=2124 iocy=451 iogon=12F iopf=1D55A iota=3B9 iquest!=BF iscr=1D4BE isin=2208 it=2062 itilde=129 iukcy=456 iuml!=EF jcirc=135
    jcy=439 jfr=1D527 jopf=1D55B jscr=1D4BF jsercy=458 kappa=3BA kappav=3F0 kcedil=137 kcy=43A kfr=1D528 kgreen=138 khcy=445 kjcy=45C
    kopf=1D55C kscr=1D4C0 lArr=21D0 lE=2266 lacute=13A lagran=2112 lambda=3BB lang=27E8 laquo!=AB larr=2190 lbbrk=2772 lbrace=7B lbrack=5B
    lcaron=13E lcedil=13C lceil=2308 lcub=7B ldquo=201C ldquor=201E le=2264 leftarrow=2190 leq=2264 leqq=2266 leqslant=2A7D les=2A7D
    lfloor=230A lfr=1D529 lmidot=140 lopf=1D55D lowast=2217 lowbar=5F loz=25CA lpar=28 lrm=200E lsaquo=2039 lscr=1D4C1 lsqb=5B lsquo=2018
    lsquor=201A lstrok=142 lt!=3C macr!=AF mcomma=2A29 mcy=43C mdash=2014 mfr=1D52A micro!=B5 midast=2A middot!=B7 minus=2212 minusd=2238
    minusdu=2A2A mldr=2026 mopf=1D55E mscr=1D4C2 mu=3BC nabla=2207 nacute=144 nap=2249 napos=149 napprox=2249 naturals=2115 nbsp!=A0
    ncaron=148 ncedil=146 ncong=2247 ncy=43D ndash=2013 ne=2260 nfr=1D52B nge=2271 ngeq=2271 ngt=226F ngtr=226F ni=220B nlarr=219A
    nldr=2025 nle=2270 nleftarrow=219A nleq=2270 nless=226E nlt=226E nopf=1D55F not!=AC notin=2209 nrarr=219B nrightarrow=219B nscr=1D4C3
    nsim=2241 nsime=2244 nsimeq=2244 nsub=2284 ntilde!=F1 nu=3BD num=23 numero=2116 numsp=2007 oS=24C8 oacute!=F3 ocirc!=F4 ocy=43E
    odblac=151 oelig=153 ofr=1D52C ograve!=F2 oline=203E omacr=14D omega=3C9 omicron=3BF oopf=1D560 oplus=2295 or=2228 order=2134
    orderof=2134 ordf!=AA ordm!=BA oscr=2134 oslash!=F8 otilde!=F5 otimes=2297 ouml!=F6 para!=B6 part=2202 percnt=25 period=2E permil=2030
    perp=22A5 pfr=1D52D phi=3C6 phmmat=2133 pi=3C0 piv=3D6 planck=210F planckh=210E plankv=210F plus=2B plusacir=2A23 pluscir=2A22
    plusdo=2214 plusdu=2A25 plusmn!=B1 plussim=2A26 pm=B1 popf=1D561 pound!=A3 prime=2032 primes=2119 prod=220F prop=221D pscr=1D4C5
    psi=3C8 puncsp=2008 qfr=1D52E qopf=1D562 qprime=2057 qscr=1D4C6 quaternions=210D quest=3F quot!=22 rArr=21D2 racute=155 radic=221A
    rang=27E9 raquo!=BB rarr=2192 ratio=2236 rationals=211A rbbrk=2773 rbrace=7D rbrack=5D rcaron=159 rcedil=157 rceil=2309 rcub=7D
    rcy=440 rdquo=201D rdquor=201D real=211C realine=211B realpart=211C reals=211D reg!=AE rfloor=230B rfr=1D52F rho=3C1 rhov=3F1
    rightarrow=2192 ring=2DA rlm=200F ropf=1D563 rpar=29 rsaquo=203A rscr=1D4C7 rsqb=5D rsquo=2019 rsquor=2019 sacute=15B sbquo=201A
    scaron=161 scedil=15F scirc=15D scy=441 sdot=22C5 sect!=A7 semi=3B setminus=2216 setmn=2216 sfr=1D530 shy!=AD sigma=3C3 sigmaf=3C2
    sim=223C simdot=2A6A sime=2243 simeq=2243 simplus=2A24 slarr=2190 smallsetminus=2216 sol=2F sopf=1D564 spades=2660 srarr=2192
    sscr=1D4C8 ssetmn=2216 sub=2282 sube=2286 sum=2211 sup1!=B9 sup2!=B2 sup3!=B3 sup=2283 supe=2287 szlig!=DF tau=3C4 tcaron=165
    tcedil=163 tcy=442 tdot=20DB tfr=1D531 there4=2234 theta=3B8 thetasym=3D1 thetav=3D1 thickapprox=2248 thicksim=223C thinsp=2009
    thkap=2248 thksim=223C thorn!=FE tilde=2DC times!=D7 topf=1D565 tprime=2034 trade=2122 tscr=1D4C9 tshcy=45B tstrok=167 uArr=21D1
    uacute!=FA uarr=2191 ubrcy=45E ubreve=16D ucirc!=FB ucy=443 udblac=171 ufr=1D532 ugrave!=F9 umacr=16B uml!=A8 uogon=173 uopf=1D566
    upsi=3C5 upsih=3D2 upsilon=3C5 uring=16F uscr=1D4CA utilde=169 uuml!=FC varkappa=3F0 varrho=3F1 vartheta=3D1 vcy=432 veeeq=225A
    verbar=7C vert=7C vfr=1D533 vopf=1D567 vscr=1D4CB wcirc=175 wedgeq=2259 weierp=2118 wfr=1D534 wopf=1D568 wscr=1D4CC xfr=1D535 xi=3BE
    xopf=1D569 xscr=1D4CD yacute!=FD yacy=44F ycirc=177 yen!=A5 yfr=1D536 yicy=457 yopf=1D56A yscr=1D4CE yuml!=FF zacute=17A zcaron=17E
    zdot=17C zeetrf=2128 zeta=3B6 zfr=1D537 zopf=1D56B zscr=1D4CF zwj=200D zwnj=200C
    """#
