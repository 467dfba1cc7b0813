using System.Text.Json;

namespace Atlas.Proxy.Sessions;

/// <summary>Appends events under numbers that the database hands out, so that proxies at several silos never use the same ones. An event
/// keeps its number through every attempt, so it is stored once.</summary>
internal sealed class NumberedEvents(Func<int, Task<int>> take, Func<int, JsonElement[], Task> append)
{
    private int _stored;
    private int _numbered;
    private int _first;

    /// <summary>Appends pending events from the beginning. Until <see cref="Confirm"/>, call it again with the same beginning: it then
    /// appends only what is not stored yet.</summary>
    public async Task AppendAsync(IReadOnlyList<JsonElement> waiting)
    {
        while (_stored < waiting.Count)
        {
            if (_numbered == 0)
            {
                var count = waiting.Count - _stored;
                _first = await take(count).ConfigureAwait(false);
                _numbered = count;
            }

            await append(_first, [.. waiting.Skip(_stored).Take(_numbered)]).ConfigureAwait(false);
            _stored += _numbered;
            _numbered = 0;
        }
    }

    /// <summary>Notes that the caller no longer holds the events, so the next ones are new.</summary>
    public void Confirm() => _stored = 0;
}
