using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Atlas.Learning.Sessions;

namespace Atlas.Client;

/// <summary>Takes as many waiting events as fit into an append.</summary>
internal static class EventBatch
{
    /// <summary>Well below the limit of an append, because some bytes become longer on the way.</summary>
    private const int MostBytes = SessionLimits.BatchBytes / 4;

    /// <summary>Returns the first events: at least one if any wait, at most <paramref name="most"/>.</summary>
    public static ImmutableArray<JsonElement> First(List<JsonElement> waiting, int most)
    {
        var (count, bytes) = (0, 0L);
        while (count < waiting.Count && count < most)
        {
            bytes += BytesOf(waiting[count]);
            if (count > 0 && bytes > MostBytes)
            {
                break;
            }

            count++;
        }

        return [.. waiting.Take(count)];
    }

    private static int BytesOf(JsonElement item) => item.ValueKind is JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(item).Length;
}
