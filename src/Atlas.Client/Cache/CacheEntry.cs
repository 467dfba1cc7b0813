namespace Atlas.Client.Cache;

/// <summary>A file of the cache.</summary>
/// <param name="File">Its full path.</param>
/// <param name="Playbook">What it holds, with its hash checked; null if the file is damaged.</param>
/// <param name="Damage">What is wrong with it, as in <c>its hash does not fit its content</c>; null if nothing is.</param>
public sealed record CacheEntry(string File, CachedPlaybook? Playbook, string? Damage);
