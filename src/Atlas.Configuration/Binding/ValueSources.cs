using Atlas.Configuration.Checking;

namespace Atlas.Configuration.Binding;

/// <summary>Remembers by path where each value was written.</summary>
internal sealed class ValueSources
{
    private readonly Dictionary<string, ValueSource> _byPath = new(StringComparer.Ordinal);

    public void Remember(string path, ValueSource source) => _byPath[path] = source;

    /// <summary>The place of exactly this value; a default has none.</summary>
    public ValueSource Of(string path) => _byPath.GetValueOrDefault(path, ValueSource.Default);

    /// <summary>The place of this value, or of the nearest block around it that was written.</summary>
    public ValueSource Nearest(string path)
    {
        while (true)
        {
            if (_byPath.TryGetValue(path, out var source))
            {
                return source;
            }

            var end = path.LastIndexOfAny(['.', '[']);
            if (end < 0)
            {
                return ValueSource.Default;
            }

            path = path[..end];
        }
    }
}
