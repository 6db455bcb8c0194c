import ExplainerKit

extension Pages {
    /// One piece as a page: the article, and the way to its siblings.
    func explainer(_ explainer: Explainer, in topic: Topic) -> String {
        let links = links(topic)
        let address = links.explain(explainer.key)
        let forms: [Format] = [.text, .markdown, .json, .fragment]
        let frame = Frame(
            topic: topic, title: "\(explainer.title) – \(topic.title)", description: explainer.summary, address: address,
            alternates: forms.map { ($0, links.explain(explainer.key, $0)) }, part: "/explain"
        )
        let measures = explainer.measures
        return render(
            "explainer", frame,
            [
                "articleTitle": explainer.title, "summary": explainer.summary, "reader": explainer.audience.name,
                "topicTitle": topic.title, "topicHref": links.entry(topic.id, of: .topics),
                // Readers of these do not resolve links.
                "openGraphURL": publicURL.isEmpty ? false : publicURL + address as Any,
                "openGraphImage": publicURL.isEmpty || topic.images[explainer.audience.id] == nil
                    ? false : publicURL + links.image(explainer.audience.id) as Any,
                "oembedHref": isStatic ? false : "\(publicURL)/oembed?url=\(percentEncoded(publicURL + address))" as Any,
                "article": HTMLRenderer().render(explainer), "words": measures.words,
                "minutes": counted(measures.readingMinutes, "minute"), "grade": oneDecimal(measures.grade),
                "facts": counted(explainer.facts.count, "fact"), "sources": counted(explainer.sources.count, "source"),
                "switches": switches(explainer.key, in: topic, links), "command": command(address),
                "notes": notes(explainer, in: topic), "hasNotes": !explainer.facts.isEmpty, "copies": copies(of: explainer, in: topic),
            ]
        )
    }

    /// The facts behind the figures, each with the places where it was read.
    private func notes(_ explainer: Explainer, in topic: Topic) -> [Values] {
        explainer.facts.map { fact in
            let references = references(topic.references(of: fact), in: topic)
            return [
                "noteID": fact.id, "href": links(topic).fact(fact.id), "statement": fact.statement, "status": fact.status.rawValue,
                "references": references,
            ]
        }
    }

    private func copies(of explainer: Explainer, in topic: Topic) -> [Values] {
        let links = links(topic)
        let key = explainer.key
        let link = origin + links.explain(key)
        let embed = Embedding(explainer: explainer, links: links, script: embedScript, base: origin).element
        let citation = "\(explainer.title). \(topic.title), \(topic.published). \(link)"
        return copies(
            [("Link", link), ("curl", command(links.explain(key))), ("Embed snippet", embed), ("Citation", citation)],
            from: ("Markdown", links.explain(key, .markdown))
        )
    }

    private func switches(_ key: ExplainerKey, in topic: Topic, _ links: TopicLinks) -> [Values] {
        func choice(_ name: String, _ other: ExplainerKey) -> Values {
            ["name": name, "href": links.explain(other), "isCurrent": other == key]
        }
        return [
            [
                "group": "audience", "label": "Written for",
                "choices": topic.audiences.map {
                    choice($0.name, ExplainerKey(audience: $0.id, trigger: key.trigger, length: key.length))
                },
            ],
            [
                "group": "trigger", "label": "Asked as",
                "choices": topic.triggers.map {
                    choice($0.phrase.sentenceCased, ExplainerKey(audience: key.audience, trigger: $0.id, length: key.length))
                },
            ],
            [
                "group": "length", "label": "Length",
                "choices": Length.allCases.map {
                    choice($0.rawValue.sentenceCased, ExplainerKey(audience: key.audience, trigger: key.trigger, length: $0))
                },
            ],
        ]
    }
}
