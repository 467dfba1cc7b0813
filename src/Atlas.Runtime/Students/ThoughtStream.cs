using System.Text;
using Atlas.Runtime.Recording;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Students;

/// <summary>Reports a model's reasoning as a span within its call.</summary>
internal sealed class ThoughtStream(EventLog events, EventSpan parent)
{
    private readonly StringBuilder _thoughts = new();
    private EventSpan? _span;

    public void Add(ChatResponseUpdate update)
    {
        foreach (var thought in update.Contents.OfType<TextReasoningContent>().Where(thought => !string.IsNullOrEmpty(thought.Text)))
        {
            _span ??= events.Start(EventKind.Span, "reasoning", Actors.Student, parent: parent, metadata: AgentCaller.Facts(parent, "span"));
            _span.Chunk(thought.Text, stored: false);
            _thoughts.Append(thought.Text);
        }
    }

    public void End()
    {
        _span?.Chunk(_thoughts.ToString(), shown: false);
        _span?.End(_thoughts.ToString());
    }
}
