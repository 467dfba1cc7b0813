using System.Text;
using Atlas.Learning.Text;

namespace Atlas.Cli.Output;

/// <summary>Writes text of any origin so that it is displayed and never executed; see <see cref="VisibleText"/>.</summary>
internal sealed class VisibleWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        // The first half of a surrogate pair: the other one follows.
        if (char.IsSurrogate(value))
        {
            inner.Write(value);
        }
        else
        {
            Write([value]);
        }
    }

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value) => inner.Write(value is null ? null : VisibleText.Of(value));

    public override void Flush() => inner.Flush();

    public override Task FlushAsync() => inner.FlushAsync();
}
