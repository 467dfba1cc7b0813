using System.Text.Json;

namespace Atlas.Proxy.Sessions;

/// <summary>Appends events under numbers that the database hands out, so that proxies at several silos never use the same ones. An event
/// keeps its number through every attempt, so it is stored once.</summary>
internal sealed class NumberedEvents(Func<int, Task<int>> take, Func<int, JsonElement[], Task> append)
{
    private int _stored;
    private int _numbered;
    private int _first;

    /// <summary>Gets a value indicating whether the events of a refused append are being appended in pieces.</summary>
    public bool IsInPieces => _numbered > 0;

    /// <summary>Appends pending events from the beginning. Until <see cref="Confirm"/>, call it again with the same beginning, of any length:
    /// it then appends only what is not stored yet.</summary>
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

            JsonElement[] next = [.. waiting.Skip(_stored).Take(_numbered)];
            await append(_first, next).ConfigureAwait(false);
            _stored += next.Length;
            _first += next.Length;
            _numbered -= next.Length;
        }
    }

    /// <summary>Notes that the caller no longer holds this many events of the beginning.</summary>
    public void Confirm(int count) => _stored = Math.Max(0, _stored - count);
}
