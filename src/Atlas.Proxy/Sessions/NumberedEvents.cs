using System.Text.Json;

namespace Atlas.Proxy.Sessions;

/// <summary>Appends events under numbers that the database gives, so that proxies at several silos never use the same; an event keeps its
/// number through every attempt, so that it is stored once.</summary>
internal sealed class NumberedEvents(Func<int, Task<int>> take, Func<int, JsonElement[], Task> append)
{
    private int _stored;
    private int _numbered;
    private int _first;

    /// <summary>Appends what waits, from its beginning; what fails is called again with the same beginning.</summary>
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

        _stored = 0;
    }
}
