import ExplainerKit
import HTTPD
import Synchronization

/// Every finite answer of a snapshot, found by the address as it was sent.
///
/// The places are fixed when the shelf is made, what stands in them comes later; see `AnswerSlot`.
final class AnswerShelf: Sendable {
    /// Where an address leads: to one form, or to several from which Accept picks.
    final class Place: Sendable {
        let route: Route
        let isNegotiated: Bool
        /// nil where the form is made for each request.
        private let slots: [AnswerSlot?]

        fileprivate init(_ route: Route, isNegotiated: Bool, _ slots: [AnswerSlot?]) {
            self.route = route
            self.isNegotiated = isNegotiated
            self.slots = slots
        }

        /// What is kept of the form that the client likes best.
        func slot(accept: String?) -> AnswerSlot? {
            guard isNegotiated, let accept, accept != "*/*" else { return slots[0] }
            guard let format = Negotiation.choose(accept, among: route.formats), let index = route.formats.firstIndex(of: format) else {
                return nil
            }
            return slots[index]
        }
    }

    /// Beyond so many bytes nothing more is kept, and the rest is made for each request.
    static let mostBytes = 16 << 20
    /// The preparation leaves room for what is really asked for.
    static let mostPreparedBytes = 8 << 20

    /// The kept addresses, each leading to one form; in the order in which they are worth keeping.
    let addresses: [String]
    private let table: AddressTable
    private let places: [Place]
    private let bytes = Atomic(0)

    init(_ resources: [FiniteAddress]) {
        var names: [(address: String, number: Int)] = []
        var places: [Place] = []
        var slots: [String: AnswerSlot] = [:]
        var addresses: [String] = []
        for resource in resources {
            let route = resource.route
            let found = route.formats.map { format -> AnswerSlot? in
                if resource.unkept.contains(format) { return nil }
                let key = resource.address(format, query: resource.own.contains(format) ? nil : resource.sharedQuery)
                if let known = slots[key] { return known }
                let slot = AnswerSlot()
                slots[key] = slot
                addresses.append(key)
                return slot
            }
            let queries = [resource.query] + resource.otherQueries
            for (format, slot) in zip(route.formats, found) {
                guard let slot else { continue }
                places.append(Place(route, isNegotiated: false, [slot]))
                for query in queries {
                    names.append((resource.address(format, query: query), places.count - 1))
                    guard route.formats.count > 1, format.suffix != nil, resource.path != "/" else { continue }
                    names.append((resource.path + query + (query.isEmpty ? "?" : "&") + "format=\(format.rawValue)", places.count - 1))
                }
            }
            guard route.formats.count > 1 else { continue }
            places.append(Place(route, isNegotiated: true, found))
            names += queries.map { (resource.path + $0, places.count - 1) }
        }
        self.addresses = addresses
        self.places = places
        table = AddressTable(names)
    }

    /// The place of an address, as sent; nil for one that is not finite, or spelled in an unusual way.
    func place(_ address: [UInt8]) -> Place? {
        guard let number = table[address] else { return nil }
        return places[number]
    }

    /// What is kept under an address of one form.
    func slot(_ address: String) -> AnswerSlot? { place(Array(address.utf8))?.slot(accept: nil) }

    /// Makes room for an answer; false if there is none left.
    func reserve(_ count: Int) -> Bool {
        guard bytes.add(count, ordering: .relaxed).newValue > Self.mostBytes else { return true }
        bytes.subtract(count, ordering: .relaxed)
        return false
    }

    var isPrepared: Bool { bytes.load(ordering: .relaxed) > Self.mostPreparedBytes }
}
