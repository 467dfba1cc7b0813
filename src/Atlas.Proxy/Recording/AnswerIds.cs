using System.Collections.Immutable;

namespace Atlas.Proxy.Recording;

/// <summary>The ids of a session's answers: the newest, by which an outcome can name the session, and those that are not yet stored.</summary>
internal sealed class AnswerIds
{
    private const int Most = 100;

    private readonly Lock _lock = new();
    private readonly Queue<string> _newest = new();
    private readonly Queue<string> _unnoted = new();

    /// <summary>Adds the id of an answer.</summary>
    public void Add(string id)
    {
        lock (_lock)
        {
            _unnoted.Enqueue(id);
            _newest.Enqueue(id);
            if (_newest.Count > Most)
            {
                _newest.Dequeue();
            }
        }
    }

    /// <summary>Returns whether one of the newest answers has this id.</summary>
    public bool Contains(string id)
    {
        lock (_lock)
        {
            return _newest.Contains(id);
        }
    }

    /// <summary>Returns the ids of the newest answers, oldest first.</summary>
    public ImmutableArray<string> Newest()
    {
        lock (_lock)
        {
            return [.. _newest];
        }
    }

    /// <summary>Returns the ids that are to be stored, oldest first.</summary>
    public ImmutableArray<string> Unnoted()
    {
        lock (_lock)
        {
            return [.. _unnoted];
        }
    }

    /// <summary>Forgets the oldest of those that were to be stored: they are.</summary>
    public void Noted(int count)
    {
        lock (_lock)
        {
            for (; count > 0; count--)
            {
                _unnoted.Dequeue();
            }
        }
    }
}
