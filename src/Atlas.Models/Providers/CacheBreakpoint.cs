using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Providers;

/// <summary>Marks how far a prompt is the same in every call, for providers that want their prompt cache told.</summary>
public static class CacheBreakpoint
{
    /// <summary>Marks a content as the last one of the stable prefix. Anthropic is sent a <c>cache_control</c> of five minutes with
    /// it; the other providers find a prefix that stays the same by themselves, and the mark is not sent to them.</summary>
    /// <param name="content">A content of a system message. It is changed.</param>
    public static void Mark(AIContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        content.WithCacheControl(Ttl.Ttl5m);
    }
}
