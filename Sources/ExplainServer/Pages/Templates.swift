import Mustache

/// The templates, the style sheet and the script, which are part of the program: an operator mounts content only.
struct Templates: Sendable {
    private let library: MustacheLibrary

    static let styleSheet = String(decoding: PackageResources.style_css, as: UTF8.self)
    static let script = String(decoding: PackageResources.site_js, as: UTF8.self)
    static let icon = String(decoding: PackageResources.icon_svg, as: UTF8.self)

    static let embedScript = String(decoding: PackageResources.embed_js, as: UTF8.self)
    static let frameScript = String(decoding: PackageResources.frame_js, as: UTF8.self)

    init() {
        var library = MustacheLibrary()
        for (name, text) in Self.sources {
            do {
                try library.register(String(decoding: text, as: UTF8.self), named: name)
            } catch {
                preconditionFailure("\(name).mustache: \(error)")
            }
        }
        self.library = library
    }

    func render(_ name: String, _ values: [String: Any]) -> String {
        guard let text = library.render(values, withTemplate: name) else { preconditionFailure("no template \(name)") }
        return text
    }

    private static var sources: [(name: String, text: [UInt8])] {
        [
            ("charts", PackageResources.charts_mustache), ("choices", PackageResources.choices_mustache),
            ("copies", PackageResources.copies_mustache), ("embed", PackageResources.embed_mustache),
            ("entry", PackageResources.entry_mustache),
            ("explainer", PackageResources.explainer_mustache), ("fact", PackageResources.fact_mustache),
            ("factlink", PackageResources.factlink_mustache), ("figure", PackageResources.figure_mustache),
            ("facts", PackageResources.facts_mustache), ("frame", PackageResources.frame_mustache),
            ("forms", PackageResources.forms_mustache), ("index", PackageResources.index_mustache),
            ("layout", PackageResources.layout_mustache), ("lint", PackageResources.lint_mustache),
            ("limits", PackageResources.limits_mustache), ("list", PackageResources.list_mustache),
            ("llms", PackageResources.llms_mustache), ("myths", PackageResources.myths_mustache),
            ("pieces", PackageResources.pieces_mustache), ("problem", PackageResources.problem_mustache),
            ("references", PackageResources.references_mustache), ("skill", PackageResources.skill_mustache),
            ("slackhelp", PackageResources.slackhelp_mustache),
        ]
    }
}
