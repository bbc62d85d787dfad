namespace Sluice.Core.Docs;

/// <summary>A box that has its place, in pixels from the upper left corner.</summary>
internal sealed record GraphBox(string Id, int Layer, double Left, double Top, double Width)
{
    public const double Height = 30;

    public double Middle => Top + (Height / 2);

    public double Right => Left + Width;
}
