import Testing

@testable import ExplainerKit

/// What characters count as when words are compared.
@Suite struct FoldingTests {
    @Test(arguments: [
        ("ＫＬ　ｄｉｖ", "KL div"), ("𝐦𝑎𝓰𝔦𝕔 𝗺𝘢𝙜𝚒𝖈", "magic magic"), ("ⓜⒶ🄶🅘🅲🇰", "mAGICK"), ("ﬁ ﬄ ĳ Ǆ", "fi ffl ij DZ"), ("Ⅳ ⅻ", "IV xii"),
        ("℃ ㎇ ㎓ ㎡ № ㏂", "°C GB GHz m2 No a.m."), ("①⑩❷ ⑴ ⒈", "1102 (1) 1."), ("½ ⅔ 2⁄3", "1/2 2/3 2/3"), ("７٧७ 𝟕𝟩", "777 77"),
        ("H₂O", "H2O"),
        ("５％ ﹪٪", "5% %%"),
        ("café Ångström Łódź Øre œuvre Straße naïve ǆ ấ", "cafe Angstrom Lodz Ore oeuvre Strasse naive dz a"),
        ("mаgіс ТЕΝЅОR ԁіvеrgеnсе Ꮶ ᴍᴀɢɪᴄ ꓚ Ⲟ кмнтв", "magic TENSOR divergence K magic C O kmhtb"), ("µs μs", "us us"),
        ("4‑bit 4‐bit 4﹣bit 4－bit −3", "4-bit 4-bit 4-bit 4-bit -3"),
        ("“a” „b‟ «c» ‘d’ ‚e‛ ‹f› 5′ 6″", "\"a\" \"b\" \"c\" 'd' 'e' 'f' 5' 6\""),
        ("a… b‥ c∶d ａ＠ｂ", "a... b.. c:d a@b"), ("a\u{A0}b\u{2003}c\u{3000}d\u{2028}e\u{85}f\u{2800}g", "a b c d e f g"),
        (
            "a\u{AD}b\u{200B}c\u{200D}d\u{2060}e\u{FEFF}f\u{202E}g\u{E0041}h\u{FE0F}i\u{301}j\u{34F}k\u{3164}l\u{115F}m\u{180E}n\u{20E3}",
            "abcdefghijklmn"
        ),
        ("claim¹²³ m² 4ᵗʰ GPTQ™ Core®", "claim m 4th GPTQ Core"),
        ("4–5 bits — so 2×3 65° ±1 ≤ 9 €5 £5 漢字 한국어 かな π→∞", "4–5 bits — so 2×3 65° ±1 ≤ 9 €5 £5 漢字 한국어 かな π→∞"),
    ])
    func `takes a character for the plain one that it looks like`(text: String, plain: String) {
        #expect(folded(text) == plain)
    }

    @Test func `keeps letters apart from numbers, whatever they look like`() {
        #expect(!folded("Запись большой ЗОЛ Ӡ ƨ").contains { $0.isASCII && $0.isNumber })
    }

    @Test func `folding twice changes nothing more`() {
        for value in UInt32(0)..<0x11_0000 {
            guard let scalar = Unicode.Scalar(value), case .folded(let bytes) = Folding.fold(scalar) else { continue }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(!text.isEmpty && text.unicodeScalars.allSatisfy { Folding.fold($0) == .itself }, "U+\(String(value, radix: 16))")
        }
    }

    @Test func `leaves plain text as it is`() {
        for value in UInt8(0x21)...0x7E { #expect(Folding.fold(Unicode.Scalar(value)) == .itself) }
        #expect(Folding.fold("\t") == .space && Folding.fold("\0") == .invisible)
    }

    private func folded(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch Folding.fold(scalar) {
            case .invisible: break
            case .space: result += " "
            case .itself: result.unicodeScalars.append(scalar)
            case .folded(let bytes): result += String(decoding: bytes, as: UTF8.self)
            }
        }
        return result
    }
}
