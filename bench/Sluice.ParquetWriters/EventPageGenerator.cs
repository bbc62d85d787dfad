using System.Globalization;
using System.Text.Unicode;

namespace Sluice.ParquetWriters;

/// <summary>Fills pages with deterministic events; two generators with the same size produce the same rows.</summary>
public sealed class EventPageGenerator(long totalRows)
{
    public const int PageSize = 131_072;

    private const long DayMicros = 86_400_000_000L;
    private const long StartMicros = 1_772_323_200_000_000L; // 2026-03-01T00:00:00Z
    private const uint DistinctVisitors = 90_000;

    private static readonly byte[][] Products =
    [
        "web-store"u8.ToArray(),
        "mobile-app"u8.ToArray(),
        "partner-portal"u8.ToArray(),
    ];
    private static readonly byte[][] Events =
    [
        "page_view"u8.ToArray(),
        "add_to_cart"u8.ToArray(),
        "purchase"u8.ToArray(),
    ];
    private static readonly byte[][] Pages =
    [
        "/"u8.ToArray(),
        "/search"u8.ToArray(),
        "/product"u8.ToArray(),
        "/cart"u8.ToArray(),
        "/checkout"u8.ToArray(),
        "/söka/überblick"u8.ToArray(),
    ];

    private readonly byte[] _scratch = new byte[128];
    private SplitMix64 _random = new(20260301);
    private long _row;

    /// <summary>Replaces the contents of the page; false when there are no more rows.</summary>
    public bool Fill(EventPage page)
    {
        page.Reset();
        long end = Math.Min(totalRows, _row + page.Capacity);
        if (_row >= end)
        {
            return false;
        }

        for (; _row < end; _row++)
        {
            AppendRow(page, _row);
        }

        return true;
    }

    private void AppendRow(EventPage page, long row)
    {
        page.EventId.Append(10_000_000_000L + (row * 3) + _random.Next(3));
        if (_random.Next(100) < 30)
        {
            page.UserId.AppendNull();
        }
        else
        {
            page.UserId.Append(1_000 + _random.Next(60_000));
        }

        page.AnonymousId.Append(FormatVisitor(_random.Next(DistinctVisitors)));
        page.SessionId.Append(FormatSession((ulong)row / 8));
        page.Product.Append(Products[_random.Next(3)]);
        page.Event.Append(Events[_random.Next(3)]);
        if (_random.Next(100) < 20)
        {
            page.Page.AppendNull();
        }
        else
        {
            page.Page.Append(Pages[_random.Next(6)]);
        }

        long occurred = StartMicros + (row * 250_000) + _random.Next(1_000_000);
        page.OccurredAt.Append(occurred);
        page.ReceivedAt.Append(occurred + 5_000 + _random.Next(3_000_000));
        page.Properties.Append(FormatProperties());
        if (_random.Next(4) != 0)
        {
            page.Amount.AppendNull();
        }
        else
        {
            page.Amount.Append(_random.Next(50_000) / 100.0);
        }

        page.Day.Append((int)(occurred / DayMicros));
    }

    private ReadOnlySpan<byte> FormatVisitor(uint visitor)
    {
        SplitMix64 bits = new(visitor + 77UL);
        Span<byte> guid = stackalloc byte[16];
        BitConverter.TryWriteBytes(guid, bits.Next());
        BitConverter.TryWriteBytes(guid[8..], bits.Next());
        new Guid(guid).TryFormat(_scratch, out int written);
        return _scratch.AsSpan(0, written);
    }

    private ReadOnlySpan<byte> FormatSession(ulong session)
    {
        SplitMix64.Mix(session + 1).TryFormat(_scratch, out int written, "x16", CultureInfo.InvariantCulture);
        return _scratch.AsSpan(0, written);
    }

    private ReadOnlySpan<byte> FormatProperties()
    {
        ulong reference = _random.Next() >> 32;
        uint width = 320 + _random.Next(2_000);
        uint number = _random.Next(10_000_000);
        Utf8.TryWrite(
            _scratch,
            CultureInfo.InvariantCulture,
            $"{{\"ref\":\"{reference:x8}\",\"w\":{width},\"v\":\"3.14.2\",\"n\":{number},\"b\":true}}",
            out int written
        );
        return _scratch.AsSpan(0, written);
    }
}
