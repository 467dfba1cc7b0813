using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Providers;

/// <summary>Marks the stable part of a prompt for providers whose prompt cache needs a mark.</summary>
public static class CacheBreakpoint
{
    /// <summary>Marks a content as the last one of the stable prefix. Anthropic gets a <c>cache_control</c> of five minutes with it. The
    /// other providers find a stable prefix without a mark and are not sent one.</summary>
    /// <param name="content">A content of a system message. It is changed.</param>
    public static void Mark(AIContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        content.WithCacheControl(Ttl.Ttl5m);
    }
}
