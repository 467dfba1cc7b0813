using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Contracts;

namespace Atlas.Client.Http;

/// <summary>Appends events in requests small enough for every silo.</summary>
internal sealed class EventBatches(ApiConnection api, string path)
{
    // The API limits the events of a request, and each silo the size of a body, usually to 8 MiB.
    private const int MostEvents = 10_000;
    private const int MostCharacters = 256 << 10;

    public async Task AppendAsync(int firstSequence, ImmutableArray<JsonElement> events, CancellationToken cancellation)
    {
        if (events.Any(one => one.ValueKind is JsonValueKind.Undefined))
        {
            throw new AtlasRefusedException("An event is missing. Every event must be a JSON object.");
        }

        for (var from = 0; from < events.Length;)
        {
            var (to, characters) = (from, 0L);
            while (to < events.Length && to - from < MostEvents && (to == from || characters + events[to].GetRawText().Length < MostCharacters))
            {
                characters += events[to++].GetRawText().Length;
            }

            await api.PostAsync<JsonElement>(
                path, new { events = events[from..to], first_sequence = firstSequence + from }, identity: null, cancellation).ConfigureAwait(false);
            from = to;
        }
    }
}
